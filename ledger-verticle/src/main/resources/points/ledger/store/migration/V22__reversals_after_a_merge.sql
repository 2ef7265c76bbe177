-- An entry of a member that was merged is undone on the member that has its points now. Such a reversal
-- names the entry by its part, as a sale that was moved is named: refers_to is a sequence of the reversal's
-- own member. Whoever's the reversal is, an entry has one: those of before a merge and of after it have one
-- key here. Reversals are few, and nothing else pays for the index.
CREATE FUNCTION reversed_id(member_id text, refers_to bigint, part text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN refers_to IS NULL THEN part ELSE member_id || '-' || refers_to::text END
$$;

CREATE UNIQUE INDEX entry_reversed ON entry (reversed_id(member_id, refers_to, part), program_id)
  WHERE kind = 'REVERSAL';
