-- Everything is keyed by program, the tenant: keys, indexes and joins name it. Three do not: an API key
-- is found by its hash and named by its own id, since it is what names the program; and old set-up
-- requests are cleared for all programs at once, by age.
-- The keys of what a promotion day writes begin with the column that differs most and name the program
-- after it: a search in the index then ends a comparison at the first column.
-- Ids are the callers' strings; COLLATE "C" compares them as bytes, the same on every machine.

CREATE TABLE program (
  program_id         text COLLATE "C" PRIMARY KEY,
  name               text        NOT NULL,
  currency           text        NOT NULL,
  time_zone          text        NOT NULL,
  earning_points     bigint      NOT NULL CHECK (earning_points > 0),
  earning_per_amount bigint      NOT NULL CHECK (earning_per_amount > 0),
  earning_rounding   text        NOT NULL,
  validity_kind      text        NOT NULL,
  validity_period    text,
  validity_unit      text,
  validity_after     integer,
  auto_enrol         boolean     NOT NULL,
  created_at         timestamptz NOT NULL DEFAULT now(),
  updated_at         timestamptz NOT NULL DEFAULT now(),
  CHECK (validity_kind IN ('never', 'rolling', 'endOf')),
  CHECK ((validity_kind = 'rolling') = (validity_period IS NOT NULL)),
  CHECK ((validity_kind = 'endOf') = (validity_unit IS NOT NULL AND validity_after IS NOT NULL))
);

CREATE TABLE store (
  program_id text COLLATE "C" NOT NULL REFERENCES program,
  store_id   text COLLATE "C" NOT NULL,
  name       text             NOT NULL,
  created_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (program_id, store_id)
);

CREATE TABLE api_key (
  key_id     text COLLATE "C" PRIMARY KEY,
  program_id text COLLATE "C" NOT NULL REFERENCES program,
  -- SHA-256 of the key. A key that the gateway makes has 256 random bits, so it needs no salt and no
  -- stretching. The first key may be the operator's choice: it has to be as hard to guess.
  key_hash   bytea            NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  name       text             NOT NULL,
  role       text             NOT NULL CHECK (role IN ('operator', 'admin', 'store', 'reader')),
  store_id   text COLLATE "C",
  created_at timestamptz      NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  CHECK (role <> 'store' OR store_id IS NOT NULL),
  FOREIGN KEY (program_id, store_id) REFERENCES store
);
CREATE INDEX api_key_of_program ON api_key (program_id, key_id);

-- The first answers to the calls that set a chain up, so that a retry gets the same bytes again.
-- They are sealed (encrypted) under the caller's own credential: one of them holds a new API key.
CREATE TABLE setup_request (
  program_id      text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C" NOT NULL,
  fingerprint     uuid             NOT NULL,
  status          smallint         NOT NULL,
  sealed_answer   bytea            NOT NULL,
  created_at      timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (program_id, idempotency_key)
);
CREATE INDEX setup_request_by_age ON setup_request (created_at);

-- A member's hot state: one row, written once per batch. No index on anything that changes, and room
-- in each page, so that an update stays on its page and touches no index.
CREATE TABLE member (
  program_id        text COLLATE "C" NOT NULL REFERENCES program,
  member_id         text COLLATE "C" NOT NULL,
  -- Number of the newest entry, 0 before the first.
  sequence          bigint           NOT NULL,
  -- The sequence that the newest batch was decided from; -1 when it enrolled the member.
  previous_sequence bigint           NOT NULL,
  status            text             NOT NULL CHECK (status IN ('ACTIVE', 'FROZEN')),
  -- Sum of the lots, expired ones that are not yet written down included.
  available         bigint           NOT NULL CHECK (available >= 0),
  lifetime_earned   bigint           NOT NULL CHECK (lifetime_earned >= 0),
  lifetime_spent    bigint           NOT NULL CHECK (lifetime_spent >= 0),
  -- The open lots: expiry and points, side by side, by expiry.
  lot_expires_at    timestamptz[]    NOT NULL,
  lot_points        bigint[]         NOT NULL,
  enrolled_at       timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (member_id, program_id),
  CHECK (sequence >= 0 AND previous_sequence >= -1 AND previous_sequence < sequence),
  CHECK (cardinality(lot_expires_at) = cardinality(lot_points))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Who a member is, for those of whom something is known besides the id.
CREATE TABLE member_profile (
  program_id  text COLLATE "C" NOT NULL,
  member_id   text COLLATE "C" NOT NULL,
  phone       text COLLATE "C",
  card_number text COLLATE "C",
  open_id     text COLLATE "C",
  name        text,
  updated_at  timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (program_id, member_id),
  FOREIGN KEY (program_id, member_id) REFERENCES member (program_id, member_id)
);
CREATE UNIQUE INDEX member_profile_phone ON member_profile (program_id, phone) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX member_profile_card_number ON member_profile (program_id, card_number) WHERE card_number IS NOT NULL;
CREATE UNIQUE INDEX member_profile_open_id ON member_profile (program_id, open_id) WHERE open_id IS NOT NULL;

-- The ledger. An entry is never changed and never removed.
CREATE TABLE entry (
  program_id      text COLLATE "C" NOT NULL,
  member_id       text COLLATE "C" NOT NULL,
  sequence        bigint           NOT NULL CHECK (sequence > 0),
  kind            text             NOT NULL,
  points          bigint           NOT NULL,
  balance         bigint           NOT NULL CHECK (balance >= 0),
  lot_expires_at  timestamptz[]    NOT NULL,
  lot_points      bigint[]         NOT NULL,
  store_id        text COLLATE "C",
  terminal_id     text COLLATE "C",
  order_id        text COLLATE "C",
  amount          bigint           CHECK (amount >= 0),
  lines           json,
  operator        text,
  reason          text,
  occurred_at     timestamptz      NOT NULL,
  recorded_at     timestamptz      NOT NULL,
  idempotency_key text COLLATE "C",
  fingerprint     uuid,
  PRIMARY KEY (member_id, program_id, sequence),
  CHECK (kind IN ('ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'EXPIRY', 'FREEZE', 'UNFREEZE')),
  CHECK (cardinality(lot_expires_at) = cardinality(lot_points)),
  CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL))
);
-- One effect per request, and one per kind and order of a store, whoever asks and however often.
CREATE UNIQUE INDEX entry_request ON entry (idempotency_key, program_id) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX entry_order ON entry (order_id, store_id, program_id, kind) WHERE order_id IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries are immutable: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER entry_is_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A member's entries are numbered without gaps: what is appended begins after the sequence that the
-- member had before, and the member stands at the last of it. A scalar subquery, because it is always
-- an index look-up, whatever the planner thinks of table sizes.
CREATE FUNCTION refuse_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken record;
BEGIN
  SELECT a.* INTO broken
    FROM (SELECT program_id, member_id, min(sequence) AS first, max(sequence) AS last, count(*) AS entries
            FROM appended GROUP BY program_id, member_id) a
   WHERE a.last - a.first + 1 <> a.entries
      OR (SELECT m.sequence = a.last AND greatest(m.previous_sequence, 0) = a.first - 1
            FROM member m
           WHERE m.program_id = a.program_id AND m.member_id = a.member_id) IS NOT TRUE
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'entries % to % do not follow the last one of member % of %',
      broken.first, broken.last, broken.member_id, broken.program_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER entry_has_no_gaps AFTER INSERT ON entry
  REFERENCING NEW TABLE AS appended
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_gaps();
