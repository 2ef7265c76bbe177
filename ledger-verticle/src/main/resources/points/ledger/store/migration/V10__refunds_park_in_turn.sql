-- Whoever asks for the same refund gets the same answer: that it waits, or what was booked. The sale
-- may come while two of them are under way. So whoever is to park it does so alone, and not when its
-- sale is there; and whoever finds no row after it saw the sale, knows that there will be none. The
-- statements of a function see what was committed before each of them, so also all that was done by
-- who had the lock before.
CREATE FUNCTION refund_turn(program text, store text, ordered text, refund text) RETURNS bigint
  LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('refund ' || program || ' ' || store || ' ' || ordered || ' ' || refund, 0);

-- The row of the same key, and that of the same order and refund id.
CREATE FUNCTION find_parked_refunds(program text, key text, store text, ordered text, refund text)
  RETURNS SETOF parked_refund LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(refund_turn(program, store, ordered, refund));
  RETURN QUERY
    SELECT * FROM parked_refund p WHERE p.program_id = program AND p.idempotency_key = key
    UNION ALL
    SELECT * FROM parked_refund p
     WHERE p.program_id = program AND p.store_id = store AND p.order_id = ordered
       AND p.refund_id = refund;
END $$;

-- No row when there is one of the same key, or of the same order and refund id, or its sale.
CREATE FUNCTION park_refund(program text, store text, ordered text, refund text, terminal text,
                            minor_units bigint, of_lines json, key text, content uuid)
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
                               lines, idempotency_key, fingerprint)
    VALUES (program, store, ordered, refund, terminal, minor_units, of_lines, key, content)
    ON CONFLICT DO NOTHING
    RETURNING *;
END $$;
