-- A refund that came before its sale, as a till that was offline sends it. It is kept for good: the
-- same call again gets the same answer, also after it was applied or refused.
CREATE TABLE parked_refund (
  program_id        text COLLATE "C" NOT NULL REFERENCES program,
  store_id          text COLLATE "C" NOT NULL,
  order_id          text COLLATE "C" NOT NULL,
  refund_id         text COLLATE "C" NOT NULL,
  terminal_id       text COLLATE "C",
  -- Minor units; null when by lines or whole.
  amount            bigint           CHECK (amount > 0),
  -- Line by line: its id and, unless all of it comes back, its amount.
  lines             json,
  idempotency_key   text COLLATE "C" NOT NULL,
  fingerprint       uuid             NOT NULL,
  parked_at         timestamptz      NOT NULL DEFAULT now(),
  -- Where it is in the list of those that were parked.
  number            bigint           NOT NULL GENERATED ALWAYS AS IDENTITY,
  -- Not to be looked at before.
  due_at            timestamptz      NOT NULL DEFAULT now(),
  -- What became of it: its entry, or why the rules refused it; neither while its sale has not come.
  settled_at        timestamptz,
  transaction_id    text COLLATE "C",
  refusal           text,
  PRIMARY KEY (program_id, store_id, order_id, refund_id),
  CHECK ((settled_at IS NULL) = (num_nonnulls(transaction_id, refusal) = 0)),
  CHECK (num_nonnulls(transaction_id, refusal) <= 1)
);
CREATE UNIQUE INDEX parked_refund_request ON parked_refund (idempotency_key, program_id);
-- What waits for its sale.
CREATE INDEX parked_refund_due ON parked_refund (due_at) WHERE settled_at IS NULL;
-- What head office is shown: all but those that were applied.
CREATE INDEX parked_refund_shown ON parked_refund (program_id, number) WHERE transaction_id IS NULL;
