-- Tiers are given by hand and taken away by entries of kinds of their own; a tier that is bought is a deduction. Every entry
-- that there is was held against the narrower list, so that nobody has to wait for a look at all of them.
ALTER TABLE entry
  DROP CONSTRAINT entry_kind_check,
  ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'GIFT', 'EXPIRY', 'FREEZE', 'UNFREEZE', 'HOLD', 'CAPTURE',
    'RELEASE', 'REFUND', 'REVERSAL', 'TOP_UP', 'PAYMENT', 'EXCHANGE', 'ACTIVATION', 'CANCELLATION',
    'TRANSFER_OUT', 'TRANSFER_IN', 'TRANSFER_RETURN', 'MERGE_OUT', 'MERGE_IN', 'CLOSING',
    'OPENING', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN', 'TIER_REVIEW', 'TIER_GRANT', 'TIER_WITHDRAWAL')) NOT VALID;

-- Both are changes by hand. No entry of these kinds is older than the trail's row for them.
DROP TRIGGER entry_is_audited ON entry;
CREATE TRIGGER entry_is_audited AFTER INSERT ON entry
  FOR EACH ROW WHEN (
    NEW.kind IN ('ADJUSTMENT', 'GIFT', 'FREEZE', 'UNFREEZE', 'REVERSAL', 'MERGE_OUT', 'CLOSING', 'MOVE_OUT',
                 'TIER_GRANT', 'TIER_WITHDRAWAL')
    OR (NEW.kind = 'TRANSFER_OUT' AND NEW.store_id IS NULL AND NEW.on_behalf_of IS NULL))
  EXECUTE FUNCTION note_for_audit_trail();

CREATE OR REPLACE FUNCTION show_in_audit_trail(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  e     entry;
  r     audit_trail;
  moved integer := 0;
BEGIN
  FOR e IN
    WITH taken AS (
      DELETE FROM audit_pending WHERE (program_id, member_id, sequence) IN (
        SELECT program_id, member_id, sequence FROM audit_pending ORDER BY number LIMIT most FOR UPDATE SKIP LOCKED)
      RETURNING *)
    SELECT l.* FROM taken t JOIN entry l USING (program_id, member_id, sequence)
     ORDER BY t.program_id, t.number
  LOOP
    r := NULL;
    r.program_id := e.program_id;
    r.at := e.recorded_at;
    r.actor_kind := coalesce(split_part(e.actor, ':', 1), 'node');
    r.actor_id := coalesce(substr(e.actor, strpos(e.actor, ':') + 1), '');
    r.actor_name := CASE r.actor_kind
      WHEN 'key' THEN (SELECT k.name FROM api_key k WHERE k.key_id = r.actor_id)
      WHEN 'staff' THEN (SELECT s.name FROM staff s
                          WHERE s.program_id = r.program_id AND s.staff_id = r.actor_id) END;
    r.address := e.address;
    r.request_id := e.request_id;
    r.action := CASE e.kind
      WHEN 'ADJUSTMENT' THEN 'points.adjust' WHEN 'GIFT' THEN 'points.give' WHEN 'REVERSAL' THEN 'entry.reverse'
      WHEN 'FREEZE' THEN 'member.freeze' WHEN 'UNFREEZE' THEN 'member.unfreeze' WHEN 'MERGE_OUT' THEN 'member.merge'
      WHEN 'CLOSING' THEN 'member.close' WHEN 'MOVE_OUT' THEN 'sale.move'
      WHEN 'TIER_GRANT' THEN 'tier.grant' WHEN 'TIER_WITHDRAWAL' THEN 'tier.withdraw' ELSE 'points.transfer' END;
    r.subject_kind := 'member';
    r.subject_id := e.member_id;
    r.sequence := e.sequence;
    r.before := jsonb_build_object('balance', e.balance - coalesce((SELECT sum(p) FROM unnest(e.lot_points) p), 0));
    r.after := jsonb_strip_nulls(jsonb_build_object(
      'balance', e.balance, 'points', e.points, 'transactionId', e.member_id || '-' || e.sequence,
      'operator', e.operator, 'reason', e.reason, 'to', e.extra #>> '{detail,memberId}',
      'storeId', e.store_id, 'orderId', e.order_id, 'refersTo', e.member_id || '-' || e.refers_to,
      'tier', e.extra #>> '{facts,tier,floors,0,0}', 'until', e.extra #>> '{facts,tier,floors,0,2}'));
    PERFORM append_to_audit_trail(r);
    moved := moved + 1;
  END LOOP;
  RETURN moved;
END $$;
