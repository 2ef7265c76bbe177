-- A member's row is made by its enrolment, never by a batch that was decided from a later state: such
-- a state is remembered from a database that has lost it since (a standby that was promoted too far
-- behind, a backup). The upsert of a batch would make the row, and the entries before it would be
-- missing for ever. Fires for rows that are made only, so what is updated pays nothing.
CREATE FUNCTION refuse_beginning_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'member % of % is not there, and was taken to stand at %',
    NEW.member_id, NEW.program_id, NEW.previous_sequence
    USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;

CREATE TRIGGER member_begins_at_its_beginning AFTER INSERT ON member
  FOR EACH ROW WHEN (NEW.previous_sequence >= 0) EXECUTE FUNCTION refuse_beginning_later();
