-- In a migration of its own: while an index is built, nobody waits for a lock of entry.

-- The filters of GET /v1/audit-trail, each in the order of the pages.
CREATE INDEX audit_trail_action  ON audit_trail (program_id, action, position);
CREATE INDEX audit_trail_actor   ON audit_trail (program_id, actor_kind, actor_id, position);
CREATE INDEX audit_trail_subject ON audit_trail (program_id, subject_kind, subject_id, position);
