-- The member for whom something is done to an account that is not its own, as to that of a pool. Such a member was
-- kept as the operator. Entries do not change, so those from before keep it there; new ones have it in both columns, for
-- nodes of the release before.
ALTER TABLE entry ADD COLUMN on_behalf_of text COLLATE "C";

-- As before, with the member for whom a pool paid from where it is now. The operator of a deduction has never been
-- anybody else; the operator of a sale that moved works at head office, and is not its member.
CREATE OR REPLACE FUNCTION refund_misfit(sale entry, whose text, sold timestamptz, minor_units bigint,
                                         refunded timestamptz)
  RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    -- It may name the member on whom the sale was booked before it moved: it is the same order, wherever it is now.
    WHEN whose <> sale.member_id
     AND whose IS DISTINCT FROM
         coalesce(sale.on_behalf_of, CASE WHEN sale.kind = 'DEDUCTION' THEN sale.operator END)
     AND goes_on_as(sale.program_id, whose) <> goes_on_as(sale.program_id, sale.member_id)
     -- Or the member to whom it is on its way.
     AND NOT EXISTS (
       SELECT FROM entry moved
        WHERE moved.program_id = sale.program_id AND moved.store_id = sale.store_id
          AND moved.order_id = sale.order_id AND moved.kind = 'MOVE_OUT'
          AND goes_on_as(sale.program_id, moved.extra #>> '{detail,memberId}') = goes_on_as(sale.program_id, whose))
      THEN 'memberId'
    -- A receipt shows minutes.
    WHEN sold - sale.occurred_at NOT BETWEEN interval '-1 minute' AND interval '1 minute'
      THEN 'sale/soldAt'
    WHEN minor_units IS DISTINCT FROM sale.amount AND minor_units IS NOT NULL THEN 'sale/amount'
    WHEN sale.occurred_at > refunded THEN 'occurredAt'
  END
$$;
