-- The limits against abuse of a rule book, where what follows the feed finds them.
ALTER TABLE rule_book ADD COLUMN abuse json GENERATED ALWAYS AS (document::json -> 'abuse') STORED;

-- How much the orders of a person at a till, of a till or of a store count for a limit. A row has the orders that were paid
-- within a sixtieth of the limit's time.
CREATE TABLE limit_count (
  program_id   text COLLATE "C" NOT NULL REFERENCES program,
  limit_id     text COLLATE "C" NOT NULL,
  -- The store, and behind a space the person or the till.
  subject      text COLLATE "C" NOT NULL,
  -- When its orders are older than the limit looks back.
  falls_out_at timestamptz      NOT NULL,
  -- Orders, points or minor units, as the limit counts.
  counted      bigint           NOT NULL,
  -- The limit, by the rule book that rated the last of them.
  most         bigint           NOT NULL,
  PRIMARY KEY (program_id, limit_id, subject, falls_out_at)
) WITH (fillfactor = 70);
CREATE INDEX limit_count_by_end ON limit_count (falls_out_at);

-- Who has reached a limit, and until when.
CREATE TABLE reached_limit (
  program_id    text COLLATE "C" NOT NULL REFERENCES program,
  limit_id      text COLLATE "C" NOT NULL,
  subject       text COLLATE "C" NOT NULL,
  reached_until timestamptz      NOT NULL,
  PRIMARY KEY (program_id, limit_id, subject)
);
CREATE INDEX reached_limit_by_end ON reached_limit (reached_until);

-- Orders whose points are pending because of a limit, for the people who look at them. The ledger has what counts: this
-- table follows the feed.
CREATE TABLE held_order (
  number      bigint           GENERATED ALWAYS AS IDENTITY,
  program_id  text COLLATE "C" NOT NULL REFERENCES program,
  member_id   text COLLATE "C" NOT NULL,
  sequence    bigint           NOT NULL,
  limits      text[]           NOT NULL,
  points      bigint           NOT NULL,
  amount      bigint           NOT NULL,
  store_id    text COLLATE "C",
  terminal_id text COLLATE "C",
  cashier_id  text COLLATE "C",
  order_id    text COLLATE "C",
  occurred_at timestamptz      NOT NULL,
  recorded_at timestamptz      NOT NULL,
  status      text             NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'ACCEPTED', 'REJECTED', 'UNDONE')),
  ended_at    timestamptz,
  CHECK ((status = 'OPEN') = (ended_at IS NULL)),
  PRIMARY KEY (program_id, number),
  UNIQUE (program_id, member_id, sequence)
);
CREATE INDEX held_order_by_status ON held_order (program_id, status, number);

-- The entries of a part of the feed that limits may look at.
CREATE FUNCTION limited_entries(after bigint, up_to bigint) RETURNS SETOF entry LANGUAGE sql STABLE AS $$
  SELECT e.*
    FROM feed f
    JOIN feed_batch b ON b.batch_id = f.batch_id AND b.program_id = f.program_id
   CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
    JOIN entry e ON e.program_id = f.program_id AND e.member_id = l.member_id AND e.sequence = l.sequence
   WHERE f.position > after AND f.position <= up_to AND b.type IS NULL
     AND EXISTS (SELECT FROM rule_book r WHERE r.program_id = f.program_id AND r.published AND r.abuse IS NOT NULL)
$$;

-- Does the work for a part of the feed, once.
CREATE FUNCTION count_limits(after bigint, up_to bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  touched text[];
BEGIN
  INSERT INTO held_order (program_id, member_id, sequence, limits, points, amount, store_id, terminal_id, cashier_id, order_id,
                          occurred_at, recorded_at)
  SELECT e.program_id, e.member_id, e.sequence,
         ARRAY(SELECT json_array_elements_text(e.awarded::json -> 'heldBy')), e.points, e.amount,
         e.store_id, e.terminal_id, e.cashier_id, e.order_id, e.occurred_at, e.recorded_at
    FROM limited_entries(after, up_to) e
   WHERE e.kind = 'ACCRUAL' AND e.awarded LIKE '%"heldBy":%'
   ORDER BY e.recorded_at, e.member_id, e.sequence;

  UPDATE held_order h
     SET status = CASE e.kind WHEN 'ACTIVATION' THEN 'ACCEPTED' WHEN 'CANCELLATION' THEN 'REJECTED' ELSE 'UNDONE' END,
         ended_at = e.recorded_at
    FROM limited_entries(after, up_to) e
   WHERE h.program_id = e.program_id AND h.member_id = e.member_id AND h.status = 'OPEN'
     AND CASE WHEN e.kind IN ('ACTIVATION', 'CANCELLATION', 'REVERSAL') THEN e.refers_to = h.sequence
              WHEN e.kind = 'MOVE_OUT' OR (e.kind = 'REFUND' AND (e.extra #>> '{detail,whole}')::boolean)
                THEN e.store_id = h.store_id AND e.order_id = h.order_id
              ELSE e.kind IN ('MERGE_OUT', 'CLOSING') END;

  WITH counted AS (
    INSERT INTO limit_count AS c (program_id, limit_id, subject, falls_out_at, counted, most)
    SELECT e.program_id, l.id, s.subject,
           date_bin(w.width, e.occurred_at, 'epoch') + w.width + w.within,
           sum(CASE l.count WHEN 'orders' THEN 1 WHEN 'points' THEN e.points ELSE e.amount END),
           max(l."limit")
      FROM limited_entries(after, up_to) e
      JOIN rule_book r ON r.program_id = e.program_id AND r.rule_book_id = e.awarded::json ->> 'ruleBookId'
     CROSS JOIN LATERAL json_to_recordset(r.abuse) AS l (id text, count text, per text, within text, "limit" bigint)
     CROSS JOIN LATERAL (
       SELECT CASE l.per WHEN 'store' THEN e.store_id
                         WHEN 'cashier' THEN e.store_id || ' ' || e.cashier_id
                         WHEN 'terminal' THEN e.store_id || ' ' || e.terminal_id END AS subject) s
     CROSS JOIN LATERAL (
       SELECT l.within::interval AS within, greatest(l.within::interval / 60, interval '1 minute') AS width
        WHERE l.per <> 'receipt') w
     WHERE e.kind = 'ACCRUAL' AND s.subject IS NOT NULL
       AND e.occurred_at > now() - w.within - w.width
     GROUP BY 1, 2, 3, 4
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (program_id, limit_id, subject, falls_out_at) DO UPDATE
       SET counted = c.counted + excluded.counted, most = excluded.most
    RETURNING c.program_id, c.limit_id, c.subject)
  SELECT array_agg(DISTINCT ARRAY[program_id, limit_id, subject]) INTO touched FROM counted;

  -- From the newest row back: a limit is reached until the row falls out with which it was.
  INSERT INTO reached_limit AS r (program_id, limit_id, subject, reached_until)
  SELECT c.program_id, c.limit_id, c.subject, max(c.falls_out_at)
    FROM (SELECT c.*, sum(c.counted) OVER newest_first AS total, first_value(c.most) OVER newest_first AS newest_most
            FROM limit_count c
            JOIN (SELECT touched[i][1] AS program_id, touched[i][2] AS limit_id, touched[i][3] AS subject
                    FROM generate_subscripts(touched, 1) AS i) t USING (program_id, limit_id, subject)
           WHERE c.falls_out_at > now()
          WINDOW newest_first AS (PARTITION BY c.program_id, c.limit_id, c.subject ORDER BY c.falls_out_at DESC)) c
   WHERE c.total >= c.newest_most
   GROUP BY 1, 2, 3
   ORDER BY 1, 2, 3
  ON CONFLICT (program_id, limit_id, subject) DO UPDATE SET reached_until = excluded.reached_until;

  DELETE FROM limit_count WHERE (program_id, limit_id, subject, falls_out_at) IN (
    SELECT program_id, limit_id, subject, falls_out_at FROM limit_count WHERE falls_out_at < now() - interval '1 hour'
     ORDER BY falls_out_at LIMIT 10000);
  DELETE FROM reached_limit WHERE (program_id, limit_id, subject) IN (
    SELECT program_id, limit_id, subject FROM reached_limit WHERE reached_until < now() - interval '1 hour'
     ORDER BY reached_until LIMIT 10000);
END $$;

-- Nothing before this had limits.
INSERT INTO feed_consumer (name, last_position) SELECT 'limits', last_position FROM feed_head;

-- Whoever accepts or rejects a held order is in the audit trail. The rest of the trail stays as it is.
DO $$
DECLARE
  shows text := pg_get_functiondef('show_in_audit_trail(integer)'::regprocedure);
  fires text := (SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'entry_is_audited');
  was   text := $was$'MOVE_OUT' THEN 'sale.move'$was$;
  goes  text := $goes$'MOVE_OUT' THEN 'sale.move' WHEN 'ACTIVATION' THEN 'order.accept' WHEN 'CANCELLATION' THEN 'order.reject'$goes$;
BEGIN
  IF strpos(shows, was) = 0 OR strpos(fires, 'WHEN (') = 0 THEN
    RAISE EXCEPTION 'the audit trail is not the one that this migration knows';
  END IF;
  EXECUTE replace(shows, was, goes);
  EXECUTE 'DROP TRIGGER entry_is_audited ON entry';
  EXECUTE regexp_replace(fires, 'WHEN \(',
    $when$WHEN ((new.kind IN ('ACTIVATION', 'CANCELLATION') AND new.operator IS NOT NULL) OR $when$);
END $$;
