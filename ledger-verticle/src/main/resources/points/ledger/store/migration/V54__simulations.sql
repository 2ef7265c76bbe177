-- What-if simulations of rule books (ADR 57): questions of people, and their answers.
CREATE TABLE simulation (
  program_id    text COLLATE "C" NOT NULL REFERENCES program,
  simulation_id text COLLATE "C" NOT NULL,
  rule_book_id  text COLLATE "C" NOT NULL,
  -- The book as it was when it was asked for: a draft may change or go meanwhile.
  document      text             NOT NULL,
  book_hash     text COLLATE "C" NOT NULL,
  time_zone     text             NOT NULL,
  from_at       timestamptz      NOT NULL,
  to_at         timestamptz      NOT NULL,
  -- Points that are redeemed, in per cent: low, likely and high.
  redemption    integer[]        NOT NULL CHECK (cardinality(redemption) = 3),
  state         text             NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  done          bigint           NOT NULL DEFAULT 0,
  total         bigint           NOT NULL DEFAULT 0,
  cancelling    boolean          NOT NULL DEFAULT false,
  -- Why it failed: a word of a closed list.
  failure       text,
  result        json,
  -- Of all that went in; null until it is done.
  hash          text COLLATE "C",
  requested_by  text,
  requested_at  timestamptz      NOT NULL,
  started_at    timestamptz,
  ended_at      timestamptz,
  -- The node that runs it, until when, and how often one has begun it.
  claimed_by    text,
  claimed_until timestamptz,
  attempts      integer          NOT NULL DEFAULT 0,
  PRIMARY KEY (program_id, simulation_id),
  CHECK (from_at < to_at)
) WITH (fillfactor = 70);

CREATE INDEX simulation_of_rule_book ON simulation (program_id, rule_book_id, requested_at, simulation_id);

-- The first place of a program from which on everything was recorded at a time or later, by the clocks of the nodes. Places
-- and times rise together but for the differences of these clocks, so it is found by halving.
CREATE FUNCTION feed_position_recorded_at(program text, since timestamptz) RETURNS bigint
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  low    bigint;
  high   bigint;
  middle bigint;
  found  record;
BEGIN
  SELECT min(f.position) INTO low FROM feed f WHERE f.program_id = program;
  SELECT h.last_position + 1 INTO high FROM feed_head h;
  low := coalesce(low, high);
  WHILE low < high LOOP
    middle := low + (high - low) / 2;
    SELECT f.position, e.recorded_at INTO found
      FROM feed f
      JOIN feed_batch b ON b.batch_id = f.batch_id AND b.program_id = f.program_id
      JOIN entry e ON e.program_id = f.program_id AND e.member_id = b.member_ids[1] AND e.sequence = b.sequences[1]
     WHERE f.program_id = program AND f.position >= middle AND b.type IS NULL
     ORDER BY f.position LIMIT 1;
    IF found.position IS NULL OR found.recorded_at >= since THEN
      high := middle;
    ELSE
      low := found.position + 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;
