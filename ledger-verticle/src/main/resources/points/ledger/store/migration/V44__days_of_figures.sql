-- Members of before the feed are new on their own day, and a program that changes its time zone keeps the days that were
-- counted before (ADR 44).

-- When a member was enrolled.
CREATE FUNCTION enrolled_at(program text, member text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT m.enrolled_at FROM member m WHERE m.member_id = member AND m.program_id = program LIMIT 1
$$;

-- Enrolments of before the feed stand in batches of 500 (V29), which have the time of the newest of them. Numbers of such
-- batches are below zero. All else of add_figures stays as it was.
DO $$
DECLARE
  source text := pg_get_functiondef('add_figures(bigint, bigint)'::regprocedure);
  was    text[] := ARRAY['SELECT f.program_id, b.*', $was$date_bin('1 minute', b.recorded_at, 'epoch'), e.store_id$was$];
  goes   text[] := ARRAY['SELECT f.program_id, f.batch_id, b.*',
    $goes$date_bin('1 minute', CASE WHEN b.batch_id < 0 THEN enrolled_at(b.program_id, l.member_id)
                                     ELSE b.recorded_at END, 'epoch'), e.store_id$goes$];
BEGIN
  FOR i IN 1..2 LOOP
    IF length(replace(source, was[i], '')) <> length(source) - length(was[i]) THEN
      RAISE EXCEPTION 'add_figures is not the one that this migration knows';
    END IF;
    source := replace(source, was[i], goes[i]);
  END LOOP;
  EXECUTE source;
END $$;

-- Figures that were made before: such members leave the hour of their batch and come into their own.
DO $$
DECLARE
  place bigint;
BEGIN
  SELECT c.last_position INTO STRICT place FROM feed_consumer c WHERE c.name = 'figures' FOR UPDATE;
  WITH newcomer AS (
    SELECT f.program_id, b.recorded_at, m.enrolled_at, p.time_zone, coalesce(e.store_id, '') AS store_id,
           coalesce(e.channel, '') AS channel, coalesce(e.terminal_id, '') AS terminal_id,
           coalesce(e.cashier_id, '') AS cashier_id
      FROM feed f
      JOIN feed_batch b ON b.batch_id = f.batch_id AND b.program_id = f.program_id
      JOIN program p ON p.program_id = f.program_id
     CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
      JOIN member m ON m.program_id = f.program_id AND m.member_id = l.member_id
      LEFT JOIN entry e ON e.program_id = f.program_id AND e.member_id = l.member_id AND e.sequence = 1 AND l.sequence = 1
     WHERE f.batch_id < 0 AND f.position <= place AND b.type = 'member.enrolled'
       AND NOT EXISTS (SELECT FROM pool o WHERE o.program_id = f.program_id AND o.pool_id = l.member_id)
  ), change AS (
    SELECT program_id, (c.at AT TIME ZONE time_zone)::date AS business_day, hour_start(c.at, time_zone) AS hour_start,
           store_id, channel, terminal_id, cashier_id, sum(c.members) AS members
      FROM newcomer CROSS JOIN LATERAL (VALUES (enrolled_at, 1), (recorded_at, -1)) AS c (at, members)
     GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.members) <> 0
  ), hours AS (
    INSERT INTO figure_hour AS h
    SELECT program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id,
           0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, members
      FROM change
    ON CONFLICT (program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id) DO UPDATE
       SET new_members = h.new_members + excluded.new_members
  )
  INSERT INTO figure_store_day AS d
  SELECT program_id, business_day, store_id, channel, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, sum(members)
    FROM change GROUP BY 1, 2, 3, 4
  ON CONFLICT (program_id, business_day, store_id, channel) DO UPDATE
     SET new_members = d.new_members + excluded.new_members;
END $$;

-- Programs that have changed their time zone since all their figures were made: days of before are those of the zone of
-- then, and gateway/audit cannot know which. A rebuild counts all days by the new zone.
CREATE TABLE time_zone_change (
  program_id text COLLATE "C" PRIMARY KEY,
  changed_at timestamptz      NOT NULL
);

-- By the clock, because whoever changes a program holds its row by now. A program without members has no figures.
CREATE FUNCTION note_time_zone_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO time_zone_change (program_id, changed_at)
  SELECT NEW.program_id, clock_timestamp()
   WHERE EXISTS (SELECT FROM member m WHERE m.program_id = NEW.program_id)
  ON CONFLICT (program_id) DO UPDATE SET changed_at = excluded.changed_at;
  RETURN NULL;
END $$;
CREATE TRIGGER program_changes_time_zone AFTER UPDATE OF time_zone ON program
  FOR EACH ROW WHEN (OLD.time_zone IS DISTINCT FROM NEW.time_zone) EXECUTE FUNCTION note_time_zone_change();

INSERT INTO time_zone_change (program_id, changed_at)
SELECT v.program_id, max(v.valid_from)
  FROM program_version v JOIN program p USING (program_id)
 WHERE EXISTS (SELECT FROM figure_hour h WHERE h.program_id = v.program_id)
 GROUP BY v.program_id HAVING count(DISTINCT v.rules ->> 'time_zone') > 1;
