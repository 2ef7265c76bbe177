-- In a transaction of its own, so that nobody waits for the look at all entries.
ALTER TABLE entry VALIDATE CONSTRAINT entry_kind_check;
