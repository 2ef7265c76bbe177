-- Points may be given for full steps only: 5 for every full 2.50. Every rule of before gives them pro rata.
ALTER TABLE program ADD COLUMN earning_per text NOT NULL DEFAULT 'PRO_RATA'
  CHECK (earning_per IN ('PRO_RATA', 'FULL_STEP'));

-- The country whose phone numbers need no country code. A currency's code begins with its country's, but for
-- those of several countries (EUR, XOF, ...): programs of these have none until it is set.
ALTER TABLE program ADD COLUMN country text;
UPDATE program SET country = left(currency, 2) WHERE currency !~ '^(X|EU)';

-- Members whose phone number could not be brought into one form (the next migration does that): another member
-- has the number already, or no phone can have it. Theirs is as it was written until somebody at head office
-- merges the two or corrects it.
CREATE TABLE phone_conflict (
  program_id text COLLATE "C" NOT NULL,
  member_id  text COLLATE "C" NOT NULL,
  written    text             NOT NULL,
  -- The number in its form, which another member has; null when no phone can have it.
  e164       text,
  PRIMARY KEY (program_id, member_id),
  FOREIGN KEY (program_id, member_id) REFERENCES member (program_id, member_id)
);
