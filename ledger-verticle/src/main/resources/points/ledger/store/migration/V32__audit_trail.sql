-- Changes by hand: who changed what, when and from where. One row each, numbered without gaps in its program, and each
-- with the hash of the row before it in its own.
CREATE TABLE audit_trail (
  program_id    text COLLATE "C" NOT NULL,
  position      bigint           NOT NULL CHECK (position > 0),
  at            timestamptz      NOT NULL,
  -- 'key', 'staff', or 'node' for what no caller asked for.
  actor_kind    text COLLATE "C" NOT NULL,
  actor_id      text COLLATE "C" NOT NULL,
  actor_name    text,
  address       text,
  request_id    text,
  action        text COLLATE "C" NOT NULL,
  subject_kind  text COLLATE "C" NOT NULL,
  subject_id    text COLLATE "C" NOT NULL,
  -- The sequence of the entry that it shows, which belongs to the subject; null when it shows none.
  sequence      bigint,
  before        jsonb,
  after         jsonb,
  previous_hash bytea            NOT NULL,
  hash          bytea            NOT NULL,
  PRIMARY KEY (program_id, position)
);
CREATE UNIQUE INDEX audit_trail_entry ON audit_trail (program_id, subject_id, sequence) WHERE sequence IS NOT NULL;

CREATE FUNCTION refuse_trail_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_trail_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trail
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_trail_change();

-- The end of each program's chain. Its row is locked by a change until that commits, so that positions have no gaps. The
-- batches of the ledger never lock it.
CREATE TABLE audit_head (
  program_id text COLLATE "C" PRIMARY KEY,
  position   bigint NOT NULL,
  hash       bytea  NOT NULL
);

-- A field with its length before it, so that no two contents run together.
CREATE FUNCTION audit_field(field text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(octet_length(field) || ':' || field, '-')
$$;

-- The hash of a row: SHA-256 of its fields in the order of the columns, behind the hash of the row before it. A time is
-- in microseconds since 1970; json is as jsonb writes it, with its names in order.
CREATE FUNCTION audit_hash(r audit_trail) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(r.previous_hash || convert_to(
    audit_field(r.program_id) || audit_field(r.position::text)
      || audit_field(((extract(epoch FROM r.at) * 1000000)::bigint)::text)
      || audit_field(r.actor_kind) || audit_field(r.actor_id) || audit_field(r.actor_name)
      || audit_field(r.address) || audit_field(r.request_id) || audit_field(r.action)
      || audit_field(r.subject_kind) || audit_field(r.subject_id) || audit_field(r.sequence::text)
      || audit_field(r.before::text) || audit_field(r.after::text), 'UTF8'))
$$;

-- Appends a row to its program's chain. Its position, previous_hash and hash are given here.
CREATE FUNCTION append_to_audit_trail(r audit_trail) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_head (program_id, position, hash) VALUES (r.program_id, 0, ''::bytea)
    ON CONFLICT (program_id) DO NOTHING;
  SELECT h.position + 1, h.hash INTO r.position, r.previous_hash
    FROM audit_head h WHERE h.program_id = r.program_id FOR UPDATE;
  r.hash := audit_hash(r);
  INSERT INTO audit_trail SELECT r.*;
  UPDATE audit_head SET position = r.position, hash = r.hash WHERE program_id = r.program_id;
  RETURN r.position;
END $$;

-- Entries that the trail is yet to show. Written by the transaction of the entry, whichever release wrote that; taken out
-- by the transaction that appends to the trail. Without this table a batch of the ledger would wait for the chain.
CREATE TABLE audit_pending (
  number     bigint GENERATED ALWAYS AS IDENTITY,
  program_id text COLLATE "C" NOT NULL,
  member_id  text COLLATE "C" NOT NULL,
  sequence   bigint           NOT NULL,
  PRIMARY KEY (program_id, member_id, sequence)
);

CREATE FUNCTION note_for_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_pending (program_id, member_id, sequence) VALUES (NEW.program_id, NEW.member_id, NEW.sequence);
  RETURN NULL;
END $$;

-- The kinds of entries that are changes by hand; transfers are, when head office makes them and no member shares a pool.
CREATE TRIGGER entry_is_audited AFTER INSERT ON entry
  FOR EACH ROW WHEN (
    NEW.kind IN ('ADJUSTMENT', 'GIFT', 'FREEZE', 'UNFREEZE', 'REVERSAL', 'MERGE_OUT', 'CLOSING')
    OR (NEW.kind = 'TRANSFER_OUT' AND NEW.store_id IS NULL AND NEW.on_behalf_of IS NULL))
  EXECUTE FUNCTION note_for_audit_trail();

-- From which time on the trail is complete.
CREATE TABLE audit_begin (at timestamptz NOT NULL);
INSERT INTO audit_begin VALUES (now());

-- Moves up to so many entries from audit_pending into the trail, and returns how many. Programs are taken in one order,
-- so that two nodes never wait for each other in a ring.
CREATE FUNCTION show_in_audit_trail(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  e     entry;
  r     audit_trail;
  moved integer := 0;
BEGIN
  FOR e IN
    WITH taken AS (
      DELETE FROM audit_pending WHERE (program_id, member_id, sequence) IN (
        SELECT program_id, member_id, sequence FROM audit_pending ORDER BY number LIMIT most FOR UPDATE SKIP LOCKED)
      RETURNING *)
    SELECT l.* FROM taken t JOIN entry l USING (program_id, member_id, sequence)
     ORDER BY t.program_id, t.number
  LOOP
    r := NULL;
    r.program_id := e.program_id;
    r.at := e.recorded_at;
    r.actor_kind := coalesce(split_part(e.actor, ':', 1), 'node');
    r.actor_id := coalesce(substr(e.actor, strpos(e.actor, ':') + 1), '');
    r.actor_name := (SELECT k.name FROM api_key k WHERE k.key_id = r.actor_id AND r.actor_kind = 'key');
    r.address := e.address;
    r.request_id := e.request_id;
    r.action := CASE e.kind
      WHEN 'ADJUSTMENT' THEN 'points.adjust' WHEN 'GIFT' THEN 'points.give' WHEN 'REVERSAL' THEN 'entry.reverse'
      WHEN 'FREEZE' THEN 'member.freeze' WHEN 'UNFREEZE' THEN 'member.unfreeze' WHEN 'MERGE_OUT' THEN 'member.merge'
      WHEN 'CLOSING' THEN 'member.close' ELSE 'points.transfer' END;
    r.subject_kind := 'member';
    r.subject_id := e.member_id;
    r.sequence := e.sequence;
    r.before := jsonb_build_object('balance', e.balance - coalesce((SELECT sum(p) FROM unnest(e.lot_points) p), 0));
    r.after := jsonb_strip_nulls(jsonb_build_object(
      'balance', e.balance, 'points', e.points, 'transactionId', e.member_id || '-' || e.sequence,
      'operator', e.operator, 'reason', e.reason, 'to', e.extra #>> '{detail,memberId}',
      'refersTo', e.member_id || '-' || e.refers_to));
    PERFORM append_to_audit_trail(r);
    moved := moved + 1;
  END LOOP;
  RETURN moved;
END $$;
