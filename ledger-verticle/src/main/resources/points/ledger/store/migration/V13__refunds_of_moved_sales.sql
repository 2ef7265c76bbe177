-- A sale that went over to another member is that member's: a refund that waits and names it has found
-- its sale.
CREATE OR REPLACE FUNCTION has_sale(refund parked_refund) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM entry e
     WHERE e.program_id = refund.program_id AND e.store_id = refund.store_id
       AND e.order_id = refund.order_id
       AND e.kind IN ('ACCRUAL', 'TOP_UP', 'DEDUCTION', 'PAYMENT', 'CAPTURE', 'MOVE_IN',
                      'MOVE_RETURN')
       AND refund_misfit(e, refund.member_id, refund.sold_at, refund.sold_amount,
                         refund.occurred_at) IS NULL)
$$;
