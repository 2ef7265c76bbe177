-- What stores claim from head office: orders of tills that were offline, paid with points or stored value that were not
-- there any more. Few entries are such, so their index is small; it is what the list of claims goes by.
CREATE INDEX entry_claim ON entry (program_id, recorded_at, member_id, sequence)
 WHERE kind = 'ACCRUAL' AND (extra #>> '{detail,claim}') IS NOT NULL;
