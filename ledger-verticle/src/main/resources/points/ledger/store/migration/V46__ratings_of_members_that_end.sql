-- Ratings follow the end of their member whichever release carries it out. A node of the release before does all else of a
-- merge or a closing, and takes the row of the outbox away at last: here the rest is done in the same transaction.

-- Makes ratings of a merged member those of the one that goes on, and empties the words of one that has left. Done again,
-- it changes nothing.
CREATE FUNCTION end_ratings(program text, ended text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  heir text := ended;
  m    record;
BEGIN
  -- The locks that a node takes, in its order: the member, then those that it was merged into, one after the other.
  PERFORM pg_advisory_xact_lock(rating_turn(program, ended));
  LOOP
    SELECT e.status, e.extra ->> 'mergedInto' AS merged_into INTO m
      FROM member e WHERE e.program_id = program AND e.member_id = heir;
    EXIT WHEN m.status IS DISTINCT FROM 'MERGED';
    heir := m.merged_into;
    PERFORM pg_advisory_xact_lock(rating_turn(program, heir));
  END LOOP;
  IF m.status = 'CLOSED' THEN
    UPDATE rating SET text = NULL WHERE program_id = program AND member_id = ended AND text IS NOT NULL;
  ELSIF heir <> ended THEN
    UPDATE rating SET member_id = heir WHERE program_id = program AND member_id = ended;
  END IF;
END $$;

CREATE FUNCTION end_ratings_of_effect() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM rating r WHERE r.program_id = OLD.program_id AND r.member_id = OLD.member_id)
     AND EXISTS (SELECT FROM entry e
                  WHERE e.program_id = OLD.program_id AND e.member_id = OLD.member_id AND e.sequence = OLD.sequence
                    AND e.kind IN ('MERGE_OUT', 'CLOSING')) THEN
    PERFORM end_ratings(OLD.program_id, OLD.member_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_ends_ratings AFTER DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION end_ratings_of_effect();

-- Members that such nodes have ended before. Those whose end is still under way come with it.
SELECT end_ratings(m.program_id, m.member_id)
  FROM member m
 WHERE m.status IN ('MERGED', 'CLOSED')
   AND EXISTS (SELECT FROM rating r WHERE r.program_id = m.program_id AND r.member_id = m.member_id)
   AND NOT EXISTS (SELECT FROM outbox o WHERE o.program_id = m.program_id AND o.member_id = m.member_id)
 ORDER BY m.program_id, m.member_id;
