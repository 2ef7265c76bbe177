-- The way and the person by which an order was sold, and the caller that sent a command. All are null in entries from
-- before. The names of actors are `key:ID` and `staff:ID`; entries that time alone has made have none.
ALTER TABLE entry
  ADD COLUMN channel    text,
  ADD COLUMN cashier_id text COLLATE "C",
  ADD COLUMN actor      text COLLATE "C",
  ADD COLUMN address    text COLLATE "C",
  ADD COLUMN request_id text COLLATE "C";

-- Not valid, so that nobody waits for the look at all entries: those from before have no channel.
ALTER TABLE entry ADD CONSTRAINT entry_channel_check
  CHECK (channel IN ('TILL', 'MINI_PROGRAM', 'WEB', 'OTHER')) NOT VALID;

ALTER TABLE parked_refund
  ADD COLUMN channel    text,
  ADD COLUMN cashier_id text COLLATE "C",
  ADD COLUMN actor      text COLLATE "C",
  ADD COLUMN address    text COLLATE "C",
  ADD COLUMN request_id text COLLATE "C";

-- As park_refund before, which nodes of the release before still call; with who took back and who sent it.
CREATE FUNCTION park_refund(program text, store text, ordered text, refund text, terminal text, minor_units bigint,
                            of_lines json, key text, content uuid, whose text, sold timestamptz, sold_for bigint,
                            taken_by text, refunded timestamptz, way text, cashier text, sender text,
                            sent_from text, request text)
  RETURNS SETOF parked_refund LANGUAGE plpgsql AS $$
DECLARE
  parked parked_refund;
BEGIN
  FOR parked IN
    SELECT * FROM park_refund(program, store, ordered, refund, terminal, minor_units, of_lines, key, content, whose,
                              sold, sold_for, taken_by, refunded)
  LOOP
    RETURN QUERY
      UPDATE parked_refund p
         SET channel = way, cashier_id = cashier, actor = sender, address = sent_from, request_id = request
       WHERE p.program_id = parked.program_id AND p.number = parked.number
      RETURNING p.*;
  END LOOP;
END $$;
