-- Budgets of points, each a row from its first charge on. The statement that writes a batch charges them in the same
-- transaction as the entries, and a trigger refuses a batch that was decided from a wrong knowledge of what is left.
CREATE TABLE budget (
  program_id text NOT NULL REFERENCES program,
  budget_id text NOT NULL,
  -- The store whose budget it is; empty for one that all stores share.
  scope text NOT NULL,
  issued bigint NOT NULL,
  -- What came back while the campaign ran, and was there again.
  reversed bigint NOT NULL,
  -- What came back after its end.
  lapsed bigint NOT NULL,
  -- Of the newest batch that drew on it: the limit, whether the budget stops for good at its end, and whether the batch was
  -- decided so that nothing is left after it. Null until a batch drew on it.
  points_max bigint,
  stops boolean,
  used_up boolean NOT NULL,
  -- The limit at which it stopped for good; null while it runs.
  stopped_at bigint,
  -- The highest limit that it ever had.
  highest_max bigint,
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (program_id, budget_id, scope)
) WITH (fillfactor = 50); -- one row is updated by every batch; nothing that changes is indexed, so it stays on its page

-- The points left: none once it has stopped, and none when the limit was lowered below what is issued.
CREATE FUNCTION budget_room(used bigint, stopped_at bigint, points_max bigint, stops boolean)
RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN stops AND stopped_at >= points_max THEN 0 ELSE greatest(0, points_max - used) END
$$;

CREATE FUNCTION refuse_budget(program_id text, budget_id text, scope text, used bigint, stopped_at bigint, version bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'budget % of % has another rest than the batch was decided from', budget_id, program_id
    USING ERRCODE = 'BU001',
          DETAIL = json_build_array(program_id, budget_id, scope, used, stopped_at, version)::text;
END $$;

CREATE FUNCTION refuse_first_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_budget(NEW.program_id, NEW.budget_id, NEW.scope, 0, NULL, 0);
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_budget(OLD.program_id, OLD.budget_id, OLD.scope, OLD.issued - OLD.reversed, OLD.stopped_at, OLD.version);
  RETURN NULL;
END $$;

-- A batch draws at most what is left; and one that was decided so that nothing is left draws all of it.
CREATE TRIGGER first_charge_fits AFTER INSERT ON budget FOR EACH ROW
  WHEN (NEW.issued > NEW.points_max OR (NEW.used_up AND NEW.issued < NEW.points_max))
  EXECUTE FUNCTION refuse_first_charge();

CREATE TRIGGER charge_fits AFTER UPDATE ON budget FOR EACH ROW
  WHEN ((NEW.issued > OLD.issued
         AND NEW.issued - OLD.issued
             > budget_room(OLD.issued - OLD.reversed, OLD.stopped_at, NEW.points_max, NEW.stops))
     OR (NEW.used_up
         AND NEW.issued - OLD.issued
             < budget_room(OLD.issued - OLD.reversed, OLD.stopped_at, NEW.points_max, NEW.stops)))
  EXECUTE FUNCTION refuse_charge();
