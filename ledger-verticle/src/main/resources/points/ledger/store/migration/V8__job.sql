-- Work that goes through all members in the background, in passes. One node at a time does it: whoever
-- takes the row, for a short time that it has to renew. Whoever takes it next goes on at the cursor.
CREATE TABLE job (
  name           text COLLATE "C" PRIMARY KEY,
  run_by         text,
  run_until      timestamptz,
  -- The last member that is done in this pass; both null at its beginning.
  cursor_member  text COLLATE "C",
  cursor_program text COLLATE "C",
  -- Of the pass: when it began, when it ended (null while it goes on), what it has done.
  started_at     timestamptz,
  finished_at    timestamptz,
  members        bigint           NOT NULL DEFAULT 0,
  results        bigint           NOT NULL DEFAULT 0,
  -- When the last pass that came to its end had begun: what was due before is done.
  done_from      timestamptz,
  CHECK ((run_by IS NULL) = (run_until IS NULL)),
  CHECK ((cursor_member IS NULL) = (cursor_program IS NULL))
);
INSERT INTO job (name) VALUES ('expiry'), ('audit');
