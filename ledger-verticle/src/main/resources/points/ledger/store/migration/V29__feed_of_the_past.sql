-- What was written before there was a feed comes at its beginning, in batches of 500: first programs, stores, keys and
-- members that were enrolled, then the entries in the order of their time. Clocks of nodes differ: an entry counts as
-- written no earlier than those of its member before it. No table is locked; other nodes go on writing, and what they
-- write now was fed by the triggers.

CREATE TEMPORARY TABLE past ON COMMIT DROP AS
WITH setup AS (
  SELECT program_id, created_at AS at, 1 AS rank, 'program.created' AS type, program_id AS subject,
         jsonb_build_object('programId', program_id, 'name', name) AS data
    FROM program
  UNION ALL
  SELECT program_id, created_at, 2, 'store.created', store_id,
         jsonb_build_object('storeId', store_id, 'name', name)
    FROM store
  UNION ALL
  SELECT program_id, created_at, 3, 'key.created', key_id,
         jsonb_strip_nulls(jsonb_build_object('keyId', key_id, 'name', name, 'role', role, 'storeId', store_id))
    FROM api_key
  UNION ALL
  SELECT program_id, revoked_at, 4, 'key.revoked', key_id,
         jsonb_strip_nulls(jsonb_build_object('keyId', key_id, 'name', name, 'role', role, 'storeId', store_id))
    FROM api_key WHERE revoked_at IS NOT NULL
), enrolled AS (
  SELECT m.program_id, m.member_id, m.enrolled_at,
         -- An entry of that moment is the one that enrolled the member.
         coalesce((SELECT 1 FROM entry e
                    WHERE e.program_id = m.program_id AND e.member_id = m.member_id AND e.sequence = 1
                      AND e.recorded_at < m.enrolled_at + interval '10 seconds'), 0)::bigint AS sequence,
         (row_number() OVER (PARTITION BY m.program_id ORDER BY m.enrolled_at, m.member_id) - 1) / 500 AS pack
    FROM member m
   WHERE NOT EXISTS (
           SELECT FROM feed_batch b CROSS JOIN LATERAL unnest(b.member_ids) AS f (member_id)
            WHERE b.type = 'member.enrolled' AND b.program_id = m.program_id AND f.member_id = m.member_id)
), written AS (
  SELECT program_id, member_id, sequence,
         max(recorded_at) OVER (PARTITION BY program_id, member_id ORDER BY sequence) AS at
    FROM entry WHERE NOT fed
), ordered AS (
  SELECT program_id, member_id, sequence, at,
         row_number() OVER (PARTITION BY program_id ORDER BY at, member_id, sequence) AS n
    FROM written
), batch AS (
  SELECT s.program_id, s.rank, 0 AS pack, s.at AS recorded_at, 'epoch'::timestamptz AS numbered_at, 1 AS events,
         s.type, NULL::text[] AS member_ids, NULL::bigint[] AS sequences, s.subject, s.data
    FROM setup s
   WHERE NOT EXISTS (SELECT FROM feed_batch b
                      WHERE b.program_id = s.program_id AND b.type = s.type AND b.subject = s.subject)
  UNION ALL
  SELECT program_id, 5, pack, max(enrolled_at), 'epoch', count(*)::integer, 'member.enrolled',
         array_agg(member_id ORDER BY enrolled_at, member_id), array_agg(sequence ORDER BY enrolled_at, member_id),
         NULL, NULL
    FROM enrolled GROUP BY program_id, pack
  UNION ALL
  SELECT program_id, 6, (n - 1) / 500, max(at), max(at), count(*)::integer, NULL,
         array_agg(member_id ORDER BY n), array_agg(sequence ORDER BY n), NULL, NULL
    FROM ordered GROUP BY program_id, (n - 1) / 500
)
SELECT row_number() OVER (ORDER BY program_id, rank, pack, recorded_at, subject) AS position, batch.*
  FROM batch;

INSERT INTO feed_batch (batch_id, program_id, type, member_ids, sequences, subject, data, recorded_at)
SELECT -position, program_id, type, member_ids, sequences, subject, data, recorded_at FROM past;

INSERT INTO feed (position, program_id, batch_id, events, numbered_at)
SELECT position, program_id, -position, events, numbered_at FROM past ORDER BY position;

UPDATE feed_head
   SET numbered_at = greatest(numbered_at, (SELECT coalesce(max(numbered_at), 'epoch') FROM past));
