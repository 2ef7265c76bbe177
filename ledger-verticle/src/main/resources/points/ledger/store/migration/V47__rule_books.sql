-- Rule books of the programs, and the timelines by which they come into force (ADR 52).

-- A book as its merchant sent it. A draft may be replaced and deleted; a book that was published never changes.
CREATE TABLE rule_book (
  program_id   text COLLATE "C" NOT NULL REFERENCES program,
  rule_book_id text COLLATE "C" NOT NULL,
  -- Not json: the document is kept byte by byte, and its hash is that of these bytes.
  document     text             NOT NULL,
  hash         text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  title        text,
  created_at   timestamptz      NOT NULL,
  changed_at   timestamptz      NOT NULL,
  -- The caller that sent the document, such as key:… or staff:….
  changed_by   text,
  published    boolean          NOT NULL DEFAULT false,
  PRIMARY KEY (program_id, rule_book_id)
);

CREATE INDEX rule_book_draft ON rule_book (program_id) WHERE NOT published;

CREATE FUNCTION refuse_change_of_rule_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'published rule books are immutable: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rule_book_is_immutable BEFORE UPDATE OR DELETE ON rule_book
  FOR EACH ROW WHEN (OLD.published) EXECUTE FUNCTION refuse_change_of_rule_book();
CREATE TRIGGER rule_book_is_not_emptied BEFORE TRUNCATE ON rule_book
  EXECUTE FUNCTION refuse_change_of_rule_book();

-- The timeline of a program. In force at an instant is the publication with the greatest in_force_from that is not
-- after it; of equal ones, the later number. One that was withdrawn never came into force.
CREATE TABLE rule_book_publication (
  program_id    text COLLATE "C" NOT NULL,
  number        integer          NOT NULL CHECK (number >= 1),
  rule_book_id  text COLLATE "C" NOT NULL,
  in_force_from timestamptz      NOT NULL,
  -- The program's time zone at the time of publishing, for books that name none: the book stays what it was.
  time_zone     text             NOT NULL,
  published_at  timestamptz      NOT NULL CONSTRAINT published_before_in_force CHECK (published_at < in_force_from),
  published_by  text,
  -- The number of the publication that this one undoes; null when it is none of a roll-back.
  rolls_back    integer,
  withdrawn_at  timestamptz      CONSTRAINT withdrawn_before_in_force CHECK (withdrawn_at < in_force_from),
  withdrawn_by  text,
  PRIMARY KEY (program_id, number),
  FOREIGN KEY (program_id, rule_book_id) REFERENCES rule_book
);

CREATE INDEX rule_book_timeline ON rule_book_publication (program_id, in_force_from, number) WHERE withdrawn_at IS NULL;
CREATE INDEX publication_of_rule_book ON rule_book_publication (program_id, rule_book_id);

-- Numbers have no gaps, and a book is marked before its first publication can be seen.
CREATE FUNCTION publish_rule_book() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last integer := (SELECT max(p.number) FROM rule_book_publication p WHERE p.program_id = NEW.program_id);
BEGIN
  IF NEW.number <> coalesce(last, 0) + 1 OR NEW.withdrawn_at IS NOT NULL THEN
    RAISE EXCEPTION 'publication % of program % must have the number % and stand', NEW.number, NEW.program_id,
      coalesce(last, 0) + 1 USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE rule_book SET published = true
   WHERE program_id = NEW.program_id AND rule_book_id = NEW.rule_book_id AND NOT published;
  RETURN NEW;
END $$;
CREATE TRIGGER publication_comes_next BEFORE INSERT ON rule_book_publication
  FOR EACH ROW EXECUTE FUNCTION publish_rule_book();

-- All that a publication can become is withdrawn, once.
CREATE FUNCTION keep_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
       AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_by}'::text[] = to_jsonb(OLD) - '{withdrawn_at,withdrawn_by}'::text[] THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'publications are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER publication_is_immutable BEFORE UPDATE OR DELETE ON rule_book_publication
  FOR EACH ROW EXECUTE FUNCTION keep_publication();
CREATE TRIGGER publication_is_not_emptied BEFORE TRUNCATE ON rule_book_publication
  EXECUTE FUNCTION keep_publication();

-- A node that reads the timelines waits for a change that is under way, however long its commit waits for a standby. So
-- a reading that ends has all that was begun before it, and a change that begins later has its instant still to choose.
CREATE FUNCTION read_rule_book_timelines() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('timelines of rule books', 0))
$$;

-- One change at a time. A node that stalls within it loses its session before other nodes have to stop rating orders.
CREATE FUNCTION change_rule_book_timelines() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('idle_in_transaction_session_timeout', '5s', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('timelines of rule books', 0));
END $$;
