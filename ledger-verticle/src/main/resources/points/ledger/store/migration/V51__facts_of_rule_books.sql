-- Whether the member has had an order: for promotions of a first purchase. What else rule books look at is in "extra".
ALTER TABLE member ADD COLUMN bought boolean NOT NULL DEFAULT false;

-- Rows that nodes of the release before have written do not say it. Their entries do.
CREATE FUNCTION has_bought(m member) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT m.bought OR EXISTS (
    SELECT FROM entry e
     WHERE e.program_id = m.program_id AND e.member_id = m.member_id
       AND e.kind IN ('ACCRUAL', 'MOVE_IN', 'MOVE_RETURN'))
$$;
