-- Until when a password is good that somebody else has set; null for one of the person's own. Those that were set before
-- are good for a week from now.
ALTER TABLE staff ADD COLUMN one_time_until timestamptz;
UPDATE staff SET one_time_until = now() + interval '7 days' WHERE must_change;
