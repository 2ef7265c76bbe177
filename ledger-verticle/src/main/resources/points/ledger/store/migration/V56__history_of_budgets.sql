-- The history of budgets by hour, kept with the figures; and events of the feed when a share of a budget is issued, and when
-- all of it is (ADR 59).

ALTER TABLE budget
  -- Of the newest batch that drew on it: the shares at which people are warned, such as '0.8,0.95'.
  ADD COLUMN warn_at text,
  -- The most that counted against the limit of now. Points that come back and are issued again warn nobody twice.
  ADD COLUMN highest_used bigint NOT NULL DEFAULT 0;
UPDATE budget SET highest_used = greatest(0, issued - reversed);

-- Each share of a limit once, and the limit itself once: also when several are reached by one batch.
CREATE FUNCTION feed_budget(program text, budget text, in_scope text, shares text, points_max bigint, was bigint, used bigint)
RETURNS void LANGUAGE sql AS $$
  SELECT feed_event(program, CASE WHEN share = 1 THEN 'budget.ended' ELSE 'budget.warned' END, budget,
                    jsonb_strip_nulls(jsonb_build_object(
                      'budgetId', budget, 'storeId', nullif(in_scope, ''),
                      'at', CASE WHEN share < 1 THEN trim_scale(share)::text END,
                      'limit', points_max, 'used', used)))
    FROM (SELECT DISTINCT s::numeric AS share FROM unnest(string_to_array(shares, ',') || '{1}'::text[]) s) d
   WHERE share * points_max > was AND share * points_max <= used
   ORDER BY share
$$;

CREATE FUNCTION feed_first_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM feed_budget(NEW.program_id, NEW.budget_id, NEW.scope, NEW.warn_at, NEW.points_max, 0, NEW.highest_used);
  RETURN NULL;
END $$;

CREATE FUNCTION feed_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Another limit warns anew.
  PERFORM feed_budget(NEW.program_id, NEW.budget_id, NEW.scope, NEW.warn_at, NEW.points_max,
                      CASE WHEN NEW.points_max = OLD.points_max THEN OLD.highest_used ELSE 0 END, NEW.highest_used);
  RETURN NULL;
END $$;

CREATE TRIGGER first_charge_is_fed AFTER INSERT ON budget FOR EACH ROW
  WHEN (NEW.issued > 0) EXECUTE FUNCTION feed_first_charge();
CREATE TRIGGER charge_is_fed AFTER UPDATE ON budget FOR EACH ROW
  WHEN (NEW.highest_used <> OLD.highest_used OR NEW.points_max IS DISTINCT FROM OLD.points_max)
  EXECUTE FUNCTION feed_charge();

-- What budgets issued and got back in an hour on the clocks of the program, in all stores together. A budget counts when it
-- is charged, so the hour is that of the ledger.
CREATE TABLE figure_budget_hour (
  program_id   text COLLATE "C" NOT NULL,
  budget_id    text COLLATE "C" NOT NULL,
  business_day date             NOT NULL,
  hour_start   timestamptz      NOT NULL,
  issued       bigint           NOT NULL,
  reversed     bigint           NOT NULL,
  lapsed       bigint           NOT NULL,
  PRIMARY KEY (program_id, budget_id, business_day, hour_start)
);

-- Adds up the charges after one place of the feed, up to another. Only of programs that have budgets.
CREATE FUNCTION add_budget_hours(after bigint, up_to bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO figure_budget_hour AS h
  SELECT e.program_id, c ->> 0, (e.recorded_at AT TIME ZONE p.time_zone)::date,
         hour_start(e.recorded_at, p.time_zone), sum((c ->> 2)::bigint), sum((c ->> 3)::bigint), sum((c ->> 4)::bigint)
    FROM feed f
    JOIN feed_batch b ON b.batch_id = f.batch_id AND b.program_id = f.program_id
    JOIN program p ON p.program_id = f.program_id
   CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
   CROSS JOIN LATERAL (
     SELECT * FROM entry e
      WHERE e.member_id = l.member_id AND e.program_id = f.program_id AND e.sequence = l.sequence
      LIMIT 1) e
   CROSS JOIN LATERAL json_array_elements(e.extra #> '{facts,budgets}') c
   WHERE f.position > after AND f.position <= up_to AND b.type IS NULL
     AND EXISTS (SELECT FROM budget o WHERE o.program_id = f.program_id)
   GROUP BY 1, 2, 3, 4
  ON CONFLICT (program_id, budget_id, business_day, hour_start) DO UPDATE
     SET issued = h.issued + excluded.issued, reversed = h.reversed + excluded.reversed,
         lapsed = h.lapsed + excluded.lapsed
$$;

-- All else of add_figures stays as it was.
DO $$
DECLARE
  source text := pg_get_functiondef('add_figures(bigint, bigint)'::regprocedure);
  was    text := 'WITH batch AS MATERIALIZED (';
BEGIN
  IF length(replace(source, was, '')) <> length(source) - length(was) THEN
    RAISE EXCEPTION 'add_figures is not the one that this migration knows';
  END IF;
  EXECUTE replace(source, was, 'PERFORM add_budget_hours(after, up_to);' || E'\n  ' || was);
END $$;

-- What was drawn before, up to the place of the figures.
DO $$
DECLARE
  place bigint;
BEGIN
  SELECT c.last_position INTO STRICT place FROM feed_consumer c WHERE c.name = 'figures' FOR UPDATE;
  PERFORM add_budget_hours(0, place);
END $$;

CREATE OR REPLACE FUNCTION figures_made_by() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT md5(string_agg(made_by, '|' ORDER BY made_by))
    FROM (SELECT p.prosrc AS made_by FROM pg_proc p
           WHERE p.oid IN ('add_figures(bigint, bigint)'::regprocedure, 'add_budget_hours(bigint, bigint)'::regprocedure)
          UNION ALL
          SELECT concat_ws(' ', t.relname, a.attname, a.atttypid, a.attnum)
            FROM figure_tables() t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0) m
$$;
