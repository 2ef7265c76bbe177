-- The awards of a rule book, as JSON. A column of their own, of text: in "extra" they were parsed four times for each
-- order: when it was written, for an index, and twice by the figures. Entries that have them in "extra" stay as they are.
ALTER TABLE entry ADD COLUMN awarded text;
