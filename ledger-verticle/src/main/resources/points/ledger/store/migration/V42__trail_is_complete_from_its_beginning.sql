-- V40 put the time from which the trail is complete behind that of its own, for all kinds of changes. It was right for
-- moves of sales only: other changes are noted since V32. So there are two times, and the audit misses no change again.
ALTER TABLE audit_begin ADD COLUMN moves_at timestamptz;

-- The trail has noted all changes since the first that it shows, as far as clocks of nodes are less than a minute apart.
-- Where there is no entry yet, it will have all of them.
UPDATE audit_begin SET
  moves_at = CASE WHEN EXISTS (SELECT FROM entry) THEN at ELSE '-infinity' END,
  at = CASE WHEN EXISTS (SELECT FROM entry)
            THEN least(at, (SELECT min(t.at) + interval '1 minute' FROM audit_trail t
                             WHERE t.sequence IS NOT NULL AND t.action <> 'sale.move'))
            ELSE '-infinity' END;
ALTER TABLE audit_begin ALTER COLUMN moves_at SET NOT NULL;
