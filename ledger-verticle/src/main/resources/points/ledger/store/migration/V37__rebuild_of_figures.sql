-- Figures made again from the beginning of the feed, beside those that readers go on to see. The new ones are in tables of
-- the same names in the schema figures_rebuild, so that add_figures fills them when that schema is searched first. At the
-- end they take the place of the old ones, in the transaction that holds the consumer's place. The schema is made when it
-- is needed: a role that may make none can use all else.

-- How far a rebuild is. There is a row while one is not finished.
CREATE TABLE rebuild_of_figures (
  one           boolean     PRIMARY KEY DEFAULT true CHECK (one),
  begun_at      timestamptz NOT NULL DEFAULT now(),
  last_position bigint      NOT NULL DEFAULT 0,
  -- Of add_figures and the tables: a release that adds up otherwise begins anew.
  made_by       text        NOT NULL
);

-- Since when figures are made from nothing after an upgrade, and up to which place: until then readers see parts.
ALTER TABLE feed_consumer ADD COLUMN made_again_since timestamptz, ADD COLUMN made_again_to bigint;

-- When points that an entry set aside become available by themselves.
CREATE FUNCTION set_aside_until(program text, member text, reserve bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (e.extra #>> '{detail,endsAt}')::timestamptz FROM entry e
                    WHERE e.member_id = member AND e.program_id = program AND e.sequence = reserve LIMIT 1), 'infinity')
$$;

-- What is set aside is gone when its lot has expired and it is set aside no longer, also before the sweep writes that down.
-- So figure_outstanding has it under the later of both times. All else of add_figures stays as it was.
DO $$
DECLARE
  source text := pg_get_functiondef('add_figures(bigint, bigint)'::regprocedure);
  was    text := $was$coalesce((m ->> 3)::timestamptz, 'infinity'), (m ->> 4)::bigint$was$;
  goes   text := $goes$CASE WHEN m ->> 3 IS NULL THEN 'infinity'
                WHEN m ->> 1 IN ('HELD', 'PENDING')
                  THEN greatest((m ->> 3)::timestamptz, set_aside_until(l.program_id, l.member_id, (m ->> 2)::bigint))
                ELSE (m ->> 3)::timestamptz END, (m ->> 4)::bigint$goes$;
BEGIN
  IF length(replace(source, was, '')) <> length(source) - length(was) THEN
    RAISE EXCEPTION 'add_figures is not the one that this migration knows';
  END IF;
  EXECUTE replace(source, was, goes);
END $$;

SELECT rebuild_figures();
UPDATE feed_consumer
   SET made_again_since = now(), made_again_to = (SELECT max(position) FROM feed)
 WHERE name = 'figures';

-- It left readers with parts of figures, and did not say so.
DROP FUNCTION rebuild_figures();

-- All tables that add_figures fills.
CREATE FUNCTION figure_tables() RETURNS SETOF pg_class LANGUAGE sql STABLE AS $$
  SELECT * FROM pg_class c
   WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'feed_consumer'::regclass)
     AND c.relkind = 'r' AND c.relname LIKE 'figure\_%'
   ORDER BY c.relname
$$;

-- What figures are made by, as one hash.
CREATE FUNCTION figures_made_by() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT md5(string_agg(made_by, '|' ORDER BY made_by))
    FROM (SELECT p.prosrc AS made_by FROM pg_proc p WHERE p.oid = 'add_figures(bigint, bigint)'::regprocedure
          UNION ALL
          SELECT concat_ws(' ', t.relname, a.attname, a.atttypid, a.attnum)
            FROM figure_tables() t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0) m
$$;

-- Begins a rebuild, or goes on with one that was interrupted. Returns the place after which it goes on.
CREATE FUNCTION begin_figures_rebuild() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  made  text := figures_made_by();
  place bigint;
  t     record;
BEGIN
  SELECT r.last_position INTO place FROM rebuild_of_figures r WHERE r.made_by = made FOR UPDATE;
  IF FOUND THEN
    RETURN place;
  END IF;
  PERFORM cancel_figures_rebuild();
  -- A schema that was made for a role that may make none is used.
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'figures_rebuild') THEN
    CREATE SCHEMA figures_rebuild;
  END IF;
  FOR t IN SELECT * FROM figure_tables() LOOP
    EXECUTE format('CREATE TABLE figures_rebuild.%I (LIKE %s INCLUDING ALL)', t.relname, t.oid::regclass);
    IF t.reloptions IS NOT NULL THEN
      EXECUTE format('ALTER TABLE figures_rebuild.%I SET (%s)', t.relname, array_to_string(t.reloptions, ', '));
    END IF;
  END LOOP;
  INSERT INTO rebuild_of_figures (made_by) VALUES (made);
  RETURN 0;
END $$;

-- Gives a rebuild up: readers see the figures that they have seen all the time.
CREATE FUNCTION cancel_figures_rebuild() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
BEGIN
  DELETE FROM rebuild_of_figures;
  FOR t IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'figures_rebuild' AND c.relkind = 'r' LOOP
    EXECUTE format('DROP TABLE %s', t.name);
  END LOOP;
END $$;

-- Adds up the next batches, which have about so many events, in one transaction with the place. Returns how many events
-- that were, none when the rebuild is where the consumer is.
CREATE FUNCTION go_on_with_figures_rebuild(events_max integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  place bigint;
  up_to bigint;
  taken bigint;
BEGIN
  SELECT r.last_position INTO STRICT place FROM rebuild_of_figures r WHERE r.made_by = figures_made_by() FOR UPDATE;
  SELECT max(position), coalesce(sum(events), 0) INTO up_to, taken
    FROM (SELECT position, events, sum(events) OVER (ORDER BY position) - events AS before
            FROM (SELECT position, events FROM feed
                   WHERE position > place
                     AND position <= (SELECT c.last_position FROM feed_consumer c WHERE c.name = 'figures')
                   ORDER BY position LIMIT events_max) f) s
   WHERE before < events_max;
  IF taken > 0 THEN
    PERFORM set_config('search_path', 'figures_rebuild, ' || current_setting('search_path'), true);
    PERFORM add_figures(place, up_to);
    UPDATE rebuild_of_figures SET last_position = up_to;
  END IF;
  RETURN taken;
END $$;

-- How many events the rebuild has yet to add up, to be where the consumer is now.
CREATE FUNCTION left_of_figures_rebuild() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(f.events), 0)
    FROM feed f
   WHERE f.position > (SELECT r.last_position FROM rebuild_of_figures r)
     AND f.position <= (SELECT c.last_position FROM feed_consumer c WHERE c.name = 'figures')
$$;

-- Puts the new figures in the place of the old ones, when at most so many events are missing. The consumer waits
-- meanwhile, and goes on where the new ones end. Returns whether it did.
CREATE FUNCTION finish_figures_rebuild(events_max integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  place  bigint;
  wanted bigint;
  missed bigint;
  t      record;
BEGIN
  SELECT r.last_position INTO STRICT place FROM rebuild_of_figures r WHERE r.made_by = figures_made_by() FOR UPDATE;
  -- The consumer locks its place before it changes figures: so does this, and neither waits for the other in a ring.
  SELECT c.last_position INTO STRICT wanted FROM feed_consumer c WHERE c.name = 'figures' FOR UPDATE;
  missed := left_of_figures_rebuild();
  IF missed > events_max THEN
    RETURN false;
  END IF;
  IF place < wanted THEN
    PERFORM set_config('search_path', 'figures_rebuild, ' || current_setting('search_path'), true);
    PERFORM add_figures(place, wanted);
  END IF;
  FOR t IN SELECT c.relname, c.oid::regclass AS old, n.nspname
             FROM figure_tables() c JOIN pg_namespace n ON n.oid = c.relnamespace LOOP
    EXECUTE format('DROP TABLE %I.%I', t.nspname, t.relname);
    EXECUTE format('ALTER TABLE figures_rebuild.%I SET SCHEMA %I', t.relname, t.nspname);
  END LOOP;
  DELETE FROM rebuild_of_figures;
  RETURN true;
END $$;
