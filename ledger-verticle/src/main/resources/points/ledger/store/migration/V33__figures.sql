-- Figures of programs, kept by a consumer of the feed: what reports show is added up when it happens, and never from
-- entries while somebody waits. Nothing here is of its own right: all of it can be made again from the feed.

-- Sums by store, channel, terminal, cashier and hour. Empty where an entry names none. An hour is known by the instant at
-- which it began on the clocks of the program, so that a day may have 23 or 25 of them. Sales are in the hour in which they
-- happened, as the till says; points, stored value and members in the hour in which the ledger recorded them.
CREATE TABLE figure_hour (
  program_id        text COLLATE "C" NOT NULL,
  business_day      date             NOT NULL,
  hour_start        timestamptz      NOT NULL,
  store_id          text COLLATE "C" NOT NULL,
  channel           text COLLATE "C" NOT NULL,
  terminal_id       text COLLATE "C" NOT NULL,
  cashier_id        text COLLATE "C" NOT NULL,
  orders            bigint           NOT NULL,
  turnover          bigint           NOT NULL,
  refunds           bigint           NOT NULL,
  refunded          bigint           NOT NULL,
  points_earned     bigint           NOT NULL,
  points_spent      bigint           NOT NULL,
  points_expired    bigint           NOT NULL,
  points_given_back bigint           NOT NULL,
  points_taken_back bigint           NOT NULL,
  stored_value_in   bigint           NOT NULL,
  stored_value_out  bigint           NOT NULL,
  new_members       bigint           NOT NULL,
  PRIMARY KEY (program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id)
);

-- Who was served on a day in which store, so that everybody counts once.
CREATE TABLE figure_served (
  program_id   text COLLATE "C" NOT NULL,
  business_day date             NOT NULL,
  member_id    text COLLATE "C" NOT NULL,
  store_id     text COLLATE "C" NOT NULL,
  PRIMARY KEY (program_id, business_day, member_id, store_id)
);

-- How many those are: in a store, and in the program where store_id is empty.
CREATE TABLE figure_day (
  program_id     text COLLATE "C" NOT NULL,
  business_day   date             NOT NULL,
  store_id       text COLLATE "C" NOT NULL,
  members_served bigint           NOT NULL,
  PRIMARY KEY (program_id, business_day, store_id)
);

-- What all members together have, by account, place and end: what has ended needs nobody to touch its member.
CREATE TABLE figure_outstanding (
  program_id text COLLATE "C" NOT NULL,
  account    text COLLATE "C" NOT NULL,
  place      text COLLATE "C" NOT NULL,
  expires_at timestamptz      NOT NULL,
  points     numeric          NOT NULL,
  PRIMARY KEY (program_id, account, place, expires_at)
);

INSERT INTO feed_consumer (name) VALUES ('figures');

-- The instant at which the hour of a time began on the clocks of a zone.
CREATE FUNCTION hour_start(at timestamptz, zone text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT at - ((at AT TIME ZONE zone) - date_trunc('hour', at AT TIME ZONE zone))
$$;

-- Adds up the batches after one place of the feed, up to another.
CREATE FUNCTION add_figures(after bigint, up_to bigint) RETURNS void LANGUAGE sql AS $$
  WITH listed AS MATERIALIZED (
    SELECT b.program_id, b.type, b.recorded_at, l.member_id, l.sequence, p.time_zone
      FROM feed f
      JOIN feed_batch b ON b.batch_id = f.batch_id AND b.program_id = f.program_id
      JOIN program p ON p.program_id = f.program_id
     CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
     WHERE f.position > after AND f.position <= up_to AND b.member_ids IS NOT NULL
  ), line AS MATERIALIZED (
    SELECT l.type, l.time_zone, l.recorded_at AS enrolled_at, e.*,
           coalesce((SELECT -sum(p) FROM unnest(e.lot_points) p WHERE p < 0), 0)
             + coalesce((e.extra #>> '{detail,debt}')::bigint, 0) AS paid,
           coalesce((SELECT sum(CASE m ->> 1 WHEN 'DEBT' THEN -1 ELSE 1 END * (m ->> 4)::bigint)
                       FROM json_array_elements(e.extra -> 'movements') m
                      WHERE m ->> 0 = 'storedValue'), 0) AS stored_value
      FROM listed l
     CROSS JOIN LATERAL (
       SELECT * FROM entry e
        WHERE e.member_id = l.member_id AND e.program_id = l.program_id AND e.sequence = l.sequence
        LIMIT 1) e
     WHERE l.type IS NULL
  ), measure AS (
    SELECT program_id, occurred_at AS at, time_zone, store_id, channel, terminal_id, cashier_id,
           (kind = 'ACCRUAL')::int AS orders,
           CASE WHEN kind = 'ACCRUAL' THEN coalesce(amount, 0) ELSE 0 END AS turnover,
           (kind = 'REFUND')::int AS refunds,
           CASE WHEN kind = 'REFUND' THEN coalesce(amount, 0) ELSE 0 END AS refunded,
           0::bigint AS earned, 0::bigint AS spent, 0::bigint AS expired, 0::bigint AS given_back, 0::bigint AS taken_back,
           0::numeric AS value_in, 0::numeric AS value_out, 0 AS new_members
      FROM line
     WHERE kind = 'ACCRUAL' OR (kind = 'REFUND' AND (extra #>> '{detail,shareOf}') IS NULL)
    UNION ALL
    SELECT program_id, recorded_at, time_zone, store_id, channel, terminal_id, cashier_id, 0, 0, 0, 0,
           CASE WHEN kind IN ('ACCRUAL', 'TOP_UP') THEN points + paid ELSE 0 END,
           CASE kind WHEN 'ACCRUAL' THEN paid WHEN 'TOP_UP' THEN paid WHEN 'DEDUCTION' THEN -points
                     WHEN 'CAPTURE' THEN coalesce((extra #>> '{detail,points}')::bigint, 0) ELSE 0 END,
           CASE WHEN kind = 'EXPIRY' THEN -points ELSE 0 END,
           CASE kind WHEN 'REFUND' THEN coalesce((extra #>> '{detail,givenBack,points}')::bigint, 0)
                     WHEN 'REVERSAL' THEN -coalesce((extra #>> '{detail,spent}')::bigint, 0) ELSE 0 END,
           CASE kind WHEN 'REFUND' THEN coalesce((extra #>> '{detail,takenBack,points}')::bigint, 0)
                     WHEN 'REVERSAL' THEN -coalesce((extra #>> '{detail,earned}')::bigint, 0)
                     WHEN 'CANCELLATION' THEN -points ELSE 0 END,
           greatest(stored_value, 0), greatest(-stored_value, 0), 0
      FROM line
    UNION ALL
    SELECT l.program_id, l.recorded_at, l.time_zone, e.store_id, e.channel, e.terminal_id, e.cashier_id, 0, 0, 0, 0,
           0, 0, 0, 0, 0, 0, 0, 1
      FROM listed l
      LEFT JOIN LATERAL (
        SELECT store_id, channel, terminal_id, cashier_id FROM entry e
         WHERE e.member_id = l.member_id AND e.program_id = l.program_id AND e.sequence = 1 AND l.sequence = 1
         LIMIT 1) e ON true
     WHERE l.type = 'member.enrolled'
       AND NOT EXISTS (SELECT FROM pool o WHERE o.program_id = l.program_id AND o.pool_id = l.member_id)
  ), hours AS (
    INSERT INTO figure_hour AS h
    SELECT program_id, (at AT TIME ZONE time_zone)::date, hour_start(at, time_zone),
           coalesce(store_id, ''), coalesce(channel, ''), coalesce(terminal_id, ''), coalesce(cashier_id, ''),
           sum(orders), sum(turnover), sum(refunds), sum(refunded), sum(earned), sum(spent), sum(expired),
           sum(given_back), sum(taken_back), sum(value_in), sum(value_out), sum(new_members)
      FROM measure
     WHERE orders <> 0 OR refunds <> 0 OR earned <> 0 OR spent <> 0 OR expired <> 0 OR given_back <> 0
        OR taken_back <> 0 OR value_in <> 0 OR value_out <> 0 OR new_members <> 0
     GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id) DO UPDATE
       SET orders = h.orders + excluded.orders,
           turnover = h.turnover + excluded.turnover,
           refunds = h.refunds + excluded.refunds,
           refunded = h.refunded + excluded.refunded,
           points_earned = h.points_earned + excluded.points_earned,
           points_spent = h.points_spent + excluded.points_spent,
           points_expired = h.points_expired + excluded.points_expired,
           points_given_back = h.points_given_back + excluded.points_given_back,
           points_taken_back = h.points_taken_back + excluded.points_taken_back,
           stored_value_in = h.stored_value_in + excluded.stored_value_in,
           stored_value_out = h.stored_value_out + excluded.stored_value_out,
           new_members = h.new_members + excluded.new_members
  ), served AS (
    INSERT INTO figure_served
    SELECT DISTINCT program_id, (occurred_at AT TIME ZONE time_zone)::date, member_id, store_id
      FROM line
     WHERE kind IN ('ACCRUAL', 'DEDUCTION', 'PAYMENT', 'TOP_UP', 'CAPTURE') AND store_id IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING program_id, business_day, member_id, store_id
  ), counted AS (
    SELECT program_id, business_day, store_id, count(*) AS members FROM served GROUP BY 1, 2, 3
    UNION ALL
    -- What this statement has inserted is not seen here: those who were served in no store of the day before.
    SELECT program_id, business_day, '', count(DISTINCT member_id)
      FROM served s
     WHERE NOT EXISTS (SELECT FROM figure_served o
                        WHERE o.program_id = s.program_id AND o.business_day = s.business_day
                          AND o.member_id = s.member_id)
     GROUP BY 1, 2
  ), days AS (
    INSERT INTO figure_day AS d
    SELECT * FROM counted
    ON CONFLICT (program_id, business_day, store_id) DO UPDATE
       SET members_served = d.members_served + excluded.members_served
  ), movement AS (
    SELECT l.program_id, 'points' AS account, 'AVAILABLE' AS place, m.expires_at, m.points
      FROM line l CROSS JOIN LATERAL unnest(l.lot_expires_at, l.lot_points) AS m (expires_at, points)
    UNION ALL
    SELECT l.program_id, m ->> 0, m ->> 1, coalesce((m ->> 3)::timestamptz, 'infinity'), (m ->> 4)::bigint
      FROM line l CROSS JOIN LATERAL json_array_elements(l.extra -> 'movements') m
  )
  INSERT INTO figure_outstanding AS o
  SELECT program_id, account, place, expires_at, sum(points) FROM movement
   GROUP BY 1, 2, 3, 4 HAVING sum(points) <> 0
  ON CONFLICT (program_id, account, place, expires_at) DO UPDATE SET points = o.points + excluded.points
$$;

-- Begins all figures anew: the consumer makes them again from the beginning of the feed, while all else goes on.
CREATE FUNCTION rebuild_figures() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM feed_consumer WHERE name = 'figures' FOR UPDATE;
  DELETE FROM figure_hour;
  DELETE FROM figure_served;
  DELETE FROM figure_day;
  DELETE FROM figure_outstanding;
  UPDATE feed_consumer SET last_position = 0, updated_at = now() WHERE name = 'figures';
END $$;
