-- Ratings: what members say of an order that they bought, in one to five stars and, if they like, in words.

-- One rating for each order of a store. It is no entry: it moves no points and needs no lane.
CREATE TABLE rating (
  program_id    text COLLATE "C" NOT NULL,
  rating_id     bigint           GENERATED ALWAYS AS IDENTITY,
  store_id      text COLLATE "C" NOT NULL,
  order_id      text COLLATE "C" NOT NULL,
  -- The member that gave it, or the one into which that was merged since. No reference to the member's row, which
  -- batches of the ledger write.
  member_id     text COLLATE "C" NOT NULL,
  stars         smallint         NOT NULL CHECK (stars BETWEEN 1 AND 5),
  -- Emptied when the member leaves.
  text          text,
  -- The day on which it was given, in the program's time zone of then.
  business_day  date             NOT NULL,
  given_at      timestamptz      NOT NULL,
  changed_at    timestamptz      NOT NULL,
  hidden_at     timestamptz,
  hidden_reason text,
  PRIMARY KEY (program_id, rating_id),
  FOREIGN KEY (program_id, store_id) REFERENCES store,
  CHECK ((hidden_at IS NULL) = (hidden_reason IS NULL))
);
CREATE UNIQUE INDEX rating_order ON rating (program_id, store_id, order_id);
CREATE INDEX rating_member ON rating (program_id, member_id);
-- For pages, newest first: of a store, and of all.
CREATE INDEX rating_of_store ON rating (program_id, store_id, given_at, rating_id);
CREATE INDEX rating_newest ON rating (program_id, given_at, rating_id);
CREATE INDEX rating_hidden ON rating (program_id, given_at, rating_id) WHERE hidden_at IS NOT NULL;
CREATE INDEX rating_of_order ON rating (program_id, order_id);

-- Count and sum of the ratings that are not hidden, by store and day.
CREATE TABLE rating_day (
  program_id   text COLLATE "C" NOT NULL,
  business_day date             NOT NULL,
  store_id     text COLLATE "C" NOT NULL,
  ratings      bigint           NOT NULL CHECK (ratings >= 0),
  stars        bigint           NOT NULL CHECK (stars BETWEEN ratings AND 5 * ratings),
  PRIMARY KEY (program_id, business_day, store_id)
);

-- Keeps rating_day in the transaction of the rating, whoever writes that.
CREATE FUNCTION count_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO rating_day AS d VALUES (NEW.program_id, NEW.business_day, NEW.store_id, 1, NEW.stars)
    ON CONFLICT (program_id, business_day, store_id) DO UPDATE
       SET ratings = d.ratings + 1, stars = d.stars + excluded.stars;
  ELSE
    UPDATE rating_day d
       SET ratings = d.ratings + (NEW.hidden_at IS NULL)::int - (OLD.hidden_at IS NULL)::int,
           stars = d.stars + CASE WHEN NEW.hidden_at IS NULL THEN NEW.stars ELSE 0 END
                           - CASE WHEN OLD.hidden_at IS NULL THEN OLD.stars ELSE 0 END
     WHERE d.program_id = NEW.program_id AND d.business_day = NEW.business_day AND d.store_id = NEW.store_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER rating_is_counted AFTER INSERT OR UPDATE OF stars, hidden_at ON rating
  FOR EACH ROW EXECUTE FUNCTION count_rating();

-- The lock by which a rating and the end of its member take turns. Shared by ratings, which then read whether the member
-- has ended; taken alone by what the end does with the ratings, which then finds all that were given before.
CREATE FUNCTION rating_turn(program text, member text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT hashtextextended(jsonb_build_array('rating', program, member)::text, 0)
$$;
