-- Tags and a time zone of a store's own, by which rule books rate its orders. Both existing rows and nodes of the release
-- before have none of them.
ALTER TABLE store
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  -- An IANA name; null for the program's.
  ADD COLUMN time_zone text,
  -- The catalogue's version that changed these last; 0 for a store that never had any.
  ADD COLUMN facts_version bigint NOT NULL DEFAULT 0;

CREATE INDEX store_by_change ON store (program_id, facts_version, store_id) WHERE facts_version > 0;
