-- The rules of a program as they were: an order that comes in late earns by those of its own time.
-- A version is the program's row as a document, so a further rule is a further column of program and
-- nothing here. It is written by a trigger: nobody can change rules and leave their history out.
CREATE TABLE program_version (
  program_id text COLLATE "C" NOT NULL REFERENCES program,
  -- The first instant at which these rules hold. The first version holds from the beginning.
  valid_from timestamptz      NOT NULL,
  rules      jsonb            NOT NULL,
  PRIMARY KEY (program_id, valid_from)
);

INSERT INTO program_version (program_id, valid_from, rules)
SELECT program_id, 'epoch', to_jsonb(p) FROM program p;

-- Lists of one program's members, page by page: the primary key begins with the member. Neither column
-- ever changes, so an update of a member's row does not touch the index.
CREATE INDEX member_of_program ON member (program_id, member_id);

-- By the clock and not by the transaction's beginning, because whoever changes a program holds its row
-- by now: of two changes the one that stands has the later version. Rules that are set before the
-- program has a member hold from the beginning: nothing was earned by others.
CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO program_version (program_id, valid_from, rules)
  SELECT NEW.program_id,
         CASE WHEN EXISTS (SELECT FROM member m WHERE m.program_id = NEW.program_id)
              THEN greatest(clock_timestamp(), max(valid_from) + interval '1 microsecond')
              ELSE 'epoch' END,
         to_jsonb(NEW)
    FROM program_version WHERE program_id = NEW.program_id
  ON CONFLICT (program_id, valid_from) DO UPDATE SET rules = excluded.rules;
  RETURN NULL;
END $$;

CREATE TRIGGER program_keeps_versions AFTER INSERT OR UPDATE ON program
  FOR EACH ROW EXECUTE FUNCTION keep_version();
