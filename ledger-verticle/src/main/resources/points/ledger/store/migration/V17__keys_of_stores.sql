-- An idempotency key that comes with a store's API key belongs to that store: it is kept as
-- '@store key', which no caller can send, since a caller's key has no blank in it. What was written
-- before has the bare key, in one space for the whole program. For a retry of a call of before, batches
-- look for the bare key with the same content too, among entries that were recorded before shared_until
-- and for 30 days after it; a day is left for nodes of the version before. Null where there was nothing.
CREATE TABLE key_space (
  one          boolean     PRIMARY KEY DEFAULT true CHECK (one),
  shared_until timestamptz
);
INSERT INTO key_space (shared_until)
SELECT CASE WHEN EXISTS (SELECT FROM entry) THEN now() + interval '1 day' END;
