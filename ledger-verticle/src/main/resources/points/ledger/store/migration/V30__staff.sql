-- The people who work with a program, and their sign-ins. Passwords are kept as Argon2id hashes with their
-- parameters; secrets of second factors are sealed under the key of POINTS_SECRET_KEY.
CREATE TABLE staff (
  program_id     text COLLATE "C" NOT NULL REFERENCES program,
  staff_id       text COLLATE "C" NOT NULL,
  name           text             NOT NULL,
  -- The name as it is compared at sign-in: one form of Unicode, lower case.
  name_key       text COLLATE "C" NOT NULL,
  roles          text[]           NOT NULL CHECK (cardinality(roles) > 0),
  -- The stores that the account is bound to; null when it is bound to none.
  stores         text[] COLLATE "C" CHECK (cardinality(stores) > 0),
  language       text,
  active         boolean          NOT NULL DEFAULT true,
  password_hash  text,
  must_change    boolean          NOT NULL DEFAULT false,
  -- The sealed secret of the second factor, and the one that waits for its first code.
  otp_secret     bytea,
  otp_candidate  bytea,
  -- The time step of the last code that was taken: no code is taken twice.
  otp_step       bigint           NOT NULL DEFAULT 0,
  -- The account's subject at the identity provider; null when it never signed in by it.
  oidc_subject   text COLLATE "C",
  version        bigint           NOT NULL DEFAULT 1,
  created_at     timestamptz      NOT NULL,
  updated_at     timestamptz      NOT NULL,
  PRIMARY KEY (program_id, staff_id),
  UNIQUE (program_id, name_key),
  UNIQUE (program_id, oidc_subject)
);

-- One row for each sign-in that has not ended; of its token there is only the SHA-256.
CREATE TABLE staff_session (
  token_hash  bytea            PRIMARY KEY,
  program_id  text COLLATE "C" NOT NULL,
  staff_id    text COLLATE "C" NOT NULL,
  created_at  timestamptz      NOT NULL,
  seen_at     timestamptz      NOT NULL,
  expires_at  timestamptz      NOT NULL,
  FOREIGN KEY (program_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
CREATE INDEX staff_session_staff ON staff_session (program_id, staff_id);
CREATE INDEX staff_session_expiry ON staff_session (expires_at);

-- The sign-ins that failed of late, by account and by address. A row is counted before the password is
-- looked at, so that many tries at once are as many as they are.
CREATE TABLE sign_in_failure (
  subject      bytea       PRIMARY KEY,
  failures     integer     NOT NULL,
  last_at      timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);
