-- Orders of tills that were offline for longer than their program lets by: somebody looks at them
-- before they earn. They are kept as they were sent, so that what is accepted is the very command.
CREATE TABLE review (
  review_id       bigint           GENERATED ALWAYS AS IDENTITY,
  program_id      text COLLATE "C" NOT NULL REFERENCES program,
  -- Of the line that brought it. Its type is that of the call it stands for.
  idempotency_key text COLLATE "C" NOT NULL,
  fingerprint     uuid             NOT NULL,
  type            text             NOT NULL,
  kind            text             NOT NULL,
  member_id       text COLLATE "C" NOT NULL,
  store_id        text COLLATE "C" NOT NULL,
  order_id        text COLLATE "C" NOT NULL,
  content         json             NOT NULL,
  occurred_at     timestamptz      NOT NULL,
  received_at     timestamptz      NOT NULL DEFAULT date_trunc('milliseconds', now()),
  -- ACCEPTING: it is with the ledger, and nobody knows yet what came of it.
  status          text             NOT NULL DEFAULT 'REVIEW'
                  CHECK (status IN ('REVIEW', 'ACCEPTING', 'ACCEPTED', 'REJECTED')),
  -- How often it was taken to the ledger: who comes back from there with nothing gives it back only
  -- when nobody took it there since.
  attempts        integer          NOT NULL DEFAULT 0,
  -- Of the call that decided it.
  decision_key    text COLLATE "C",
  decision_print  uuid,
  operator        text,
  reason          text,
  decided_at      timestamptz,
  transaction_id  text,
  PRIMARY KEY (program_id, review_id),
  CHECK ((status IN ('ACCEPTED', 'REJECTED')) = (decided_at IS NOT NULL)),
  CHECK ((status = 'ACCEPTED') = (transaction_id IS NOT NULL)),
  CHECK ((status = 'REVIEW') = (decision_key IS NULL))
);
-- What a till sends again is the same review, under its key as well as under another.
CREATE UNIQUE INDEX review_request ON review (program_id, idempotency_key);
CREATE UNIQUE INDEX review_order ON review (program_id, store_id, order_id, kind);
CREATE UNIQUE INDEX review_decision ON review (program_id, decision_key)
  WHERE decision_key IS NOT NULL;
CREATE INDEX review_of_program ON review (program_id, status, review_id);
