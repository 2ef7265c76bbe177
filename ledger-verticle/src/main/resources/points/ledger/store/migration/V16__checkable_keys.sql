-- A node refuses an invented API key without asking the database. A key that the gateway makes carries a
-- check under this secret, which all nodes read at their start; so a key whose check is wrong is nobody's.
-- The secret only saves queries: whether a key is somebody's is still said by its hash in api_key. Two
-- random UUIDs have 244 random bits, from PostgreSQL's own source of strong random numbers.
CREATE TABLE key_secret (
  one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
  secret     bytea       NOT NULL CHECK (length(secret) = 32),
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO key_secret (secret)
VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- Keys that were made before, and those that the operator chose, carry no check. Nodes keep the beginnings
-- of their hashes in memory.
ALTER TABLE api_key ADD COLUMN checkable boolean NOT NULL DEFAULT false;
CREATE INDEX api_key_not_checkable ON api_key (key_hash) WHERE NOT checkable AND revoked_at IS NULL;

-- Every node asks four times a second which keys were revoked since it asked last.
CREATE INDEX api_key_revoked ON api_key (revoked_at) WHERE revoked_at IS NOT NULL;
