-- Several accounts, points set aside, and orders that are undone. What few members and few entries
-- have is in one json column, null for the others, so that a plain accrual pays next to nothing for
-- it. What must never be negative, and what reports add up, has columns of its own.

ALTER TABLE member
  ADD COLUMN held         bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  ADD COLUMN pending      bigint NOT NULL DEFAULT 0 CHECK (pending >= 0),
  ADD COLUMN debt         bigint NOT NULL DEFAULT 0 CHECK (debt >= 0),
  -- In minor units; the part that is not held.
  ADD COLUMN stored_value bigint NOT NULL DEFAULT 0 CHECK (stored_value >= 0),
  -- The other accounts by name, what is set aside, and the member that this one was merged into.
  ADD COLUMN extra        json,
  DROP CONSTRAINT member_status_check,
  ADD CONSTRAINT member_status_check CHECK (status IN ('ACTIVE', 'FROZEN', 'CLOSED', 'MERGED'));

ALTER TABLE entry
  -- Which of several of its kind for one order it is: a refund's id, a hold's key.
  ADD COLUMN part      text COLLATE "C" NOT NULL DEFAULT '',
  -- The member's entry that this one ends or undoes.
  ADD COLUMN refers_to bigint CHECK (refers_to > 0 AND refers_to < sequence),
  -- Movements other than points that come and go, balances of other accounts, and what only entries
  -- of this kind say.
  ADD COLUMN extra     json,
  DROP CONSTRAINT entry_kind_check,
  ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'ACCRUAL', 'DEDUCTION', 'ADJUSTMENT', 'EXPIRY', 'FREEZE', 'UNFREEZE', 'HOLD', 'CAPTURE',
    'RELEASE', 'REFUND', 'REVERSAL', 'TOP_UP', 'PAYMENT', 'EXCHANGE', 'ACTIVATION', 'CANCELLATION',
    'TRANSFER_OUT', 'TRANSFER_IN', 'TRANSFER_RETURN', 'MERGE_OUT', 'MERGE_IN', 'CLOSING',
    'OPENING'));

-- An order has several refunds, and one of all else.
DROP INDEX entry_order;
CREATE UNIQUE INDEX entry_order ON entry (order_id, store_id, program_id, kind, part)
  WHERE order_id IS NOT NULL;

-- What was set aside ends once, and what was done is undone once.
CREATE UNIQUE INDEX entry_refers ON entry (member_id, program_id, refers_to, (kind = 'REVERSAL'))
  WHERE refers_to IS NOT NULL;

-- What is to be done beyond the member of an entry, written in the entry's own transaction and gone
-- when it is done.
CREATE TABLE outbox (
  program_id text COLLATE "C" NOT NULL,
  member_id  text COLLATE "C" NOT NULL,
  sequence   bigint           NOT NULL,
  created_at timestamptz      NOT NULL DEFAULT now(),
  attempts   integer          NOT NULL DEFAULT 0,
  -- Not to be tried before: another node is at it, or it failed just now.
  due_at     timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (member_id, program_id, sequence)
);
CREATE INDEX outbox_due ON outbox (due_at);
