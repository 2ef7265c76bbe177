-- A parked refund met whatever sale came under its number: a mistyped number refunded a stranger's
-- order. So it says whose the order is, or when and for how much it was sold, and never meets a sale
-- that was made after it.
ALTER TABLE parked_refund
  -- Whose order it is, as the caller says.
  ADD COLUMN member_id       text COLLATE "C",
  -- What the receipt says.
  ADD COLUMN sold_at         timestamptz,
  ADD COLUMN sold_amount     bigint CHECK (sold_amount >= 0),
  -- The store that takes back, where that is not the one that sold.
  ADD COLUMN refund_store_id text COLLATE "C",
  -- When it was taken back: as the caller says, else when it came.
  ADD COLUMN occurred_at     timestamptz,
  -- Its sale is there and it is with the ledger: it can no longer be withdrawn.
  ADD COLUMN applying_at     timestamptz,
  -- Nobody waits for its sale any more: its caller took it back, or it has waited for too long and
  -- became a review. One that lapsed may be applied yet, when its review is accepted.
  ADD COLUMN ended           text CHECK (ended IN ('WITHDRAWN', 'LAPSED')),
  ADD COLUMN withdrawal_key  text COLLATE "C",
  ADD COLUMN review_id       bigint,
  DROP CONSTRAINT parked_refund_check,
  ADD CONSTRAINT parked_refund_settled
    CHECK ((settled_at IS NULL) = (num_nonnulls(transaction_id, refusal, ended) = 0)),
  ADD CHECK ((sold_at IS NULL) = (sold_amount IS NULL)),
  ADD CHECK ((withdrawal_key IS NULL) = (ended IS DISTINCT FROM 'WITHDRAWN')),
  ADD CHECK ((review_id IS NULL) = (ended IS DISTINCT FROM 'LAPSED'));
UPDATE parked_refund SET occurred_at = parked_at;
ALTER TABLE parked_refund
  ALTER COLUMN occurred_at SET DEFAULT now(),
  ALTER COLUMN occurred_at SET NOT NULL;
CREATE UNIQUE INDEX parked_refund_withdrawal ON parked_refund (program_id, withdrawal_key)
  WHERE withdrawal_key IS NOT NULL;
-- Those of an order, first come first.
CREATE INDEX parked_refund_waiting ON parked_refund (program_id, store_id, order_id, number)
  WHERE settled_at IS NULL;
-- Those that have waited longest.
CREATE INDEX parked_refund_age ON parked_refund (parked_at) WHERE settled_at IS NULL;

-- An order has several refunds that may be reviewed, and of some nobody knows the member.
ALTER TABLE review ALTER COLUMN member_id DROP NOT NULL;
ALTER TABLE review ADD COLUMN part text COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX review_order;
CREATE UNIQUE INDEX review_order ON review (program_id, store_id, order_id, kind, part);

-- Whom a member goes on as; itself mostly.
CREATE FUNCTION goes_on_as(program text, who text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  into_whom text;
BEGIN
  FOR step IN 1..8 LOOP
    SELECT m.extra ->> 'mergedInto' INTO into_whom FROM member m
     WHERE m.program_id = program AND m.member_id = who AND m.status = 'MERGED';
    EXIT WHEN into_whom IS NULL;
    who := into_whom;
  END LOOP;
  RETURN who;
END $$;

-- What of a refund does not fit a sale of its store and number: the field that says otherwise; null
-- when all fits. Nothing is asked of what the refund does not say.
CREATE FUNCTION refund_misfit(sale entry, whose text, sold timestamptz, minor_units bigint,
                              refunded timestamptz)
  RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    -- Who had a pool pay is the operator of its entry.
    WHEN whose <> sale.member_id AND whose IS DISTINCT FROM sale.operator
     AND goes_on_as(sale.program_id, whose) <> goes_on_as(sale.program_id, sale.member_id)
      THEN 'memberId'
    -- A receipt shows minutes.
    WHEN sold - sale.occurred_at NOT BETWEEN interval '-1 minute' AND interval '1 minute'
      THEN 'sale/soldAt'
    WHEN minor_units IS DISTINCT FROM sale.amount AND minor_units IS NOT NULL THEN 'sale/amount'
    WHEN sale.occurred_at > refunded THEN 'occurredAt'
  END
$$;

-- Whether the sale of a parked refund is there.
CREATE FUNCTION has_sale(refund parked_refund) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM entry e
     WHERE e.program_id = refund.program_id AND e.store_id = refund.store_id
       AND e.order_id = refund.order_id
       AND e.kind IN ('ACCRUAL', 'TOP_UP', 'DEDUCTION', 'PAYMENT', 'CAPTURE')
       AND refund_misfit(e, refund.member_id, refund.sold_at, refund.sold_amount,
                         refund.occurred_at) IS NULL)
$$;

-- As park_refund before, which nodes of the version before still call; with what the refund knows.
CREATE FUNCTION park_refund(program text, store text, ordered text, refund text, terminal text,
                            minor_units bigint, of_lines json, key text, content uuid, whose text,
                            sold timestamptz, sold_for bigint, taken_by text, refunded timestamptz)
  RETURNS SETOF parked_refund LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(refund_turn(program, store, ordered, refund));
  IF EXISTS (SELECT FROM entry e
              WHERE e.program_id = program AND e.store_id = store AND e.order_id = ordered
                AND e.kind IN ('ACCRUAL', 'TOP_UP', 'DEDUCTION', 'PAYMENT', 'CAPTURE')) THEN
    RETURN;
  END IF;
  RETURN QUERY
    INSERT INTO parked_refund (program_id, store_id, order_id, refund_id, terminal_id, amount,
                               lines, idempotency_key, fingerprint, member_id, sold_at,
                               sold_amount, refund_store_id, occurred_at)
    VALUES (program, store, ordered, refund, terminal, minor_units, of_lines, key, content, whose,
            sold, sold_for, taken_by, coalesce(refunded, now()))
    ON CONFLICT DO NOTHING
    RETURNING *;
END $$;
