-- A rebuild of the figures keeps their readers. The tables that take the place of the old ones have the owner and the
-- privileges of those. All are locked at once, and shortly, so that a reader never waits long and is never ended for it.

-- Gives a table the owner and the privileges of another, also those of single columns.
CREATE FUNCTION give_privileges_of(model regclass, target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  its_owner oid := (SELECT c.relowner FROM pg_class c WHERE c.oid = model);
  g         record;
BEGIN
  IF its_owner <> (SELECT c.relowner FROM pg_class c WHERE c.oid = target) THEN
    EXECUTE format('ALTER TABLE %s OWNER TO %I', target, pg_get_userbyid(its_owner));
  END IF;
  -- A new table may have privileges by default, which the other one has lost.
  FOR g IN SELECT DISTINCT a.grantee FROM pg_class c CROSS JOIN aclexplode(c.relacl) a
            WHERE c.oid = target AND a.grantee <> its_owner LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %s', target,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END);
  END LOOP;
  FOR g IN SELECT a.privilege_type AS what, a.grantee, a.is_grantable
             FROM pg_class c CROSS JOIN aclexplode(c.relacl) a WHERE c.oid = model AND a.grantee <> its_owner
            UNION ALL
           SELECT format('%s (%I)', a.privilege_type, t.attname), a.grantee, a.is_grantable
             FROM pg_attribute t CROSS JOIN aclexplode(t.attacl) a WHERE t.attrelid = model AND a.grantee <> its_owner LOOP
    EXECUTE format('GRANT %s ON %s TO %s%s', g.what, target,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                   CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
  END LOOP;
END $$;

-- The views that read tables of figures: a table that a view reads cannot give its place to another.
CREATE FUNCTION views_of_figures() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(DISTINCT r.ev_class::regclass::text, ', ')
    FROM figure_tables() t
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_rewrite r ON r.oid = d.objid
$$;

CREATE OR REPLACE FUNCTION begin_figures_rebuild() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  made  text := figures_made_by();
  place bigint;
  t     record;
BEGIN
  IF views_of_figures() IS NOT NULL THEN
    RAISE EXCEPTION 'these views read the figures: %. Drop them, and make them again after the rebuild', views_of_figures()
      USING ERRCODE = 'dependent_objects_still_exist';
  END IF;
  SELECT r.last_position INTO place FROM rebuild_of_figures r WHERE r.made_by = made FOR UPDATE;
  IF FOUND THEN
    RETURN place;
  END IF;
  PERFORM cancel_figures_rebuild();
  -- Changes of a time zone that are under way come first: all that is counted from here on knows them.
  PERFORM FROM program FOR SHARE;
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
  INSERT INTO rebuild_of_figures (begun_at, made_by) VALUES (clock_timestamp(), made);
  RETURN 0;
END $$;

CREATE OR REPLACE FUNCTION finish_figures_rebuild(events_max integer) RETURNS boolean LANGUAGE plpgsql AS $$
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
  -- Shorter than PostgreSQL waits before it looks for a deadlock (1 s), so it is this that gives way, and no reader.
  PERFORM set_config('lock_timeout', '500ms', true);
  EXECUTE (SELECT format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE',
                         string_agg(c.oid::regclass::text, ', ' ORDER BY c.relname))
             FROM figure_tables() c);
  FOR t IN SELECT c.relname, c.oid::regclass AS old, n.nspname
             FROM figure_tables() c JOIN pg_namespace n ON n.oid = c.relnamespace LOOP
    PERFORM give_privileges_of(t.old, format('figures_rebuild.%I', t.relname)::regclass);
    EXECUTE format('DROP TABLE %I.%I', t.nspname, t.relname);
    EXECUTE format('ALTER TABLE figures_rebuild.%I SET SCHEMA %I', t.relname, t.nspname);
  END LOOP;
  DELETE FROM time_zone_change WHERE changed_at < (SELECT b.begun_at FROM rebuild_of_figures b);
  DELETE FROM rebuild_of_figures;
  RETURN true;
END $$;

-- The sessions that read or write figures now, and since when.
CREATE FUNCTION readers_of_figures() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(format('pid %s (%s, since %s)', a.pid, a.application_name, a.xact_start), ', ' ORDER BY a.xact_start)
    FROM pg_stat_activity a
   WHERE a.pid <> pg_backend_pid()
     AND a.pid IN (SELECT l.pid FROM pg_locks l
                    WHERE l.granted AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                      AND l.relation IN (SELECT c.oid FROM figure_tables() c))
$$;
