-- Reviews of tiers are entries of a kind of their own. Every entry that there is was held against the narrower list, so
-- that nobody has to wait for a look at all of them.
ALTER TABLE entry
  DROP CONSTRAINT entry_kind_check,
  ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'GIFT', 'EXPIRY', 'FREEZE', 'UNFREEZE', 'HOLD', 'CAPTURE',
    'RELEASE', 'REFUND', 'REVERSAL', 'TOP_UP', 'PAYMENT', 'EXCHANGE', 'ACTIVATION', 'CANCELLATION',
    'TRANSFER_OUT', 'TRANSFER_IN', 'TRANSFER_RETURN', 'MERGE_OUT', 'MERGE_IN', 'CLOSING',
    'OPENING', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN', 'TIER_REVIEW')) NOT VALID;
