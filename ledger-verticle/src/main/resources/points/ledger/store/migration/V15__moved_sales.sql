-- A sale that was booked on the wrong member goes out of one and into the other under its own order number. It names the
-- sale by its part, not by refers_to: what the sale had set aside may have ended before, and that is said once.
ALTER TABLE entry
  DROP CONSTRAINT entry_kind_check,
  ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'EXPIRY', 'FREEZE', 'UNFREEZE', 'HOLD', 'CAPTURE',
    'RELEASE', 'REFUND', 'REVERSAL', 'TOP_UP', 'PAYMENT', 'EXCHANGE', 'ACTIVATION', 'CANCELLATION',
    'TRANSFER_OUT', 'TRANSFER_IN', 'TRANSFER_RETURN', 'MERGE_OUT', 'MERGE_IN', 'CLOSING',
    'OPENING', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN')) NOT VALID;
