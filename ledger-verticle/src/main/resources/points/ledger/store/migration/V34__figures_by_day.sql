-- Figures at a lower price, a roll-up by day, and what figures mean where a sale is undone, moved or taken back elsewhere
-- (ADR 44). What was added up before is made again from the beginning of the feed.

-- As before, with sums that no number of large orders brings to an end: a sum that does not fit would stop all figures. Each
-- part of the feed changes the rows of its hour again, so their pages have room for that.
DROP TABLE figure_hour;
CREATE TABLE figure_hour (
  program_id        text COLLATE "C" NOT NULL,
  business_day      date             NOT NULL,
  hour_start        timestamptz      NOT NULL,
  store_id          text COLLATE "C" NOT NULL,
  channel           text COLLATE "C" NOT NULL,
  terminal_id       text COLLATE "C" NOT NULL,
  cashier_id        text COLLATE "C" NOT NULL,
  orders            bigint           NOT NULL,
  turnover          numeric          NOT NULL,
  refunds           bigint           NOT NULL,
  refunded          numeric          NOT NULL,
  points_earned     numeric          NOT NULL,
  points_spent      numeric          NOT NULL,
  points_expired    numeric          NOT NULL,
  points_given_back numeric          NOT NULL,
  points_taken_back numeric          NOT NULL,
  stored_value_in   numeric          NOT NULL,
  stored_value_out  numeric          NOT NULL,
  new_members       bigint           NOT NULL,
  PRIMARY KEY (program_id, business_day, hour_start, store_id, channel, terminal_id, cashier_id)
) WITH (fillfactor = 50);

-- The same by store, channel and day, so that a year of all stores is a short read.
CREATE TABLE figure_store_day (
  program_id        text COLLATE "C" NOT NULL,
  business_day      date             NOT NULL,
  store_id          text COLLATE "C" NOT NULL,
  channel           text COLLATE "C" NOT NULL,
  orders            bigint           NOT NULL,
  turnover          numeric          NOT NULL,
  refunds           bigint           NOT NULL,
  refunded          numeric          NOT NULL,
  points_earned     numeric          NOT NULL,
  points_spent      numeric          NOT NULL,
  points_expired    numeric          NOT NULL,
  points_given_back numeric          NOT NULL,
  points_taken_back numeric          NOT NULL,
  stored_value_in   numeric          NOT NULL,
  stored_value_out  numeric          NOT NULL,
  new_members       bigint           NOT NULL,
  PRIMARY KEY (program_id, business_day, store_id, channel)
) WITH (fillfactor = 50);
ALTER TABLE figure_day SET (fillfactor = 50);

-- Who was served on a day in which store. A visitor is a day, as the number of days since 1970 in the upper 17 bits, and a
-- hash of 111 bits for a member of a program. A store is a hash of its own. At half the price of texts. Kept for 37 days:
-- what is recorded later than 35 days after it happened counts nobody as served.
DROP TABLE figure_served;
CREATE TABLE figure_served (
  visitor_high bigint NOT NULL,
  visitor_low  bigint NOT NULL,
  store        bigint NOT NULL,
  PRIMARY KEY (visitor_high, visitor_low, store)
);

-- Where the visitors of a day begin.
CREATE FUNCTION first_visitor(day date) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT (day - date '1970-01-01')::bigint << 47
$$;

-- Whether an entry is a refund of goods, of an order that counts as one: not a member's share of another refund, nor money
-- of a top-up paid out. The extra fields of the entry say so. What an order becomes after its refund changes nothing.
CREATE FUNCTION is_refund_of_order(program text, store text, ordered text, at timestamptz, extra json) RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT (extra #>> '{detail,basis,shareOf}') IS NULL
     AND coalesce(extra #>> '{detail,basis,orderPart}', 'GOODS') = 'GOODS'
     AND EXISTS (SELECT FROM entry e
                  WHERE e.order_id = ordered AND e.store_id = store AND e.program_id = program AND e.kind = 'ACCRUAL'
                     AND e.recorded_at <= at)
$$;

-- Adds up the batches after one place of the feed, up to another, in one statement.
--
-- Large tables are only looked up by their keys, whatever the planner knows of them, and a session keeps the plan. Times
-- are taken by whole minutes, of which there are few in a part of the feed: the zone is asked once for each of them.
--
-- Orders and refunds are in the hour in which they happened, and a reversal takes them out of that hour again; all else is
-- in the hour in which it was recorded. A refund belongs to the store that took the goods back, a reversal to the place of
-- the entry that it undoes. What only goes from one member to another, by a transfer, a merge or the move of a sale, is
-- neither earned nor spent, and stored value neither comes nor goes by it.
CREATE OR REPLACE FUNCTION add_figures(after bigint, up_to bigint) RETURNS void LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET work_mem = '32MB'
  SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off
  SET jit = off AS $$ -- the settings before it make each plan look dear enough to be compiled
BEGIN
  WITH batch AS MATERIALIZED (
    SELECT f.program_id, b.*
      FROM feed f
     CROSS JOIN LATERAL (
       SELECT type, recorded_at, member_ids, sequences FROM feed_batch b
        WHERE b.batch_id = f.batch_id AND b.program_id = f.program_id LIMIT 1) b
     WHERE f.position > after AND f.position <= up_to AND b.member_ids IS NOT NULL
  ), listed AS MATERIALIZED (
    -- In the order of the key of entry: neighbours are on one page of its index.
    SELECT b.program_id, l.member_id, l.sequence
      FROM batch b CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
     WHERE b.type IS NULL
     ORDER BY l.member_id, b.program_id, l.sequence
  ), line AS MATERIALIZED (
    SELECT l.program_id, l.member_id, e.*
      FROM listed l
     CROSS JOIN LATERAL (
       SELECT kind, points, amount, lot_expires_at, lot_points, store_id, channel, terminal_id, cashier_id, order_id,
              part, refers_to, recorded_at,
              CASE WHEN extra -> 'detail' IS NOT NULL OR extra -> 'movements' IS NOT NULL THEN extra END AS extra,
              date_bin('1 minute', occurred_at, 'epoch') AS occurred,
              date_bin('1 minute', recorded_at, 'epoch') AS recorded,
              -- What the order paid with, when it is an accrual.
              CASE WHEN cardinality(lot_points) < 2 THEN coalesce(greatest(-lot_points[1], 0), 0)
                   ELSE (SELECT coalesce(-sum(p) FILTER (WHERE p < 0), 0) FROM unnest(lot_points) p) END AS paid
         FROM entry e
        WHERE e.member_id = l.member_id AND e.program_id = l.program_id AND e.sequence = l.sequence
        LIMIT 1) e
  ), plain AS MATERIALIZED (
    SELECT program_id, kind, store_id, channel, terminal_id, cashier_id, occurred, recorded, count(*) AS entries,
           sum(amount) AS amount, sum(points) AS points, sum(paid) AS paid
      FROM line WHERE extra IS NULL
     GROUP BY program_id, kind, store_id, channel, terminal_id, cashier_id, occurred, recorded
  ), special AS MATERIALIZED (
    SELECT l.program_id, l.kind, l.recorded, l.points, l.extra -> 'detail' AS detail,
           l.paid + coalesce((l.extra #>> '{detail,debt}')::bigint, 0) AS paid,
           CASE WHEN l.kind NOT IN ('MERGE_OUT', 'MERGE_IN', 'MOVE_OUT', 'MOVE_IN', 'MOVE_RETURN')
                THEN (SELECT coalesce(sum(CASE m ->> 1 WHEN 'DEBT' THEN -1 ELSE 1 END * (m ->> 4)::bigint), 0)
                        FROM json_array_elements(l.extra -> 'movements') m WHERE m ->> 0 = 'storedValue')
                ELSE 0 END AS stored_value,
           -- The sale or the refund that it is, or that it undoes.
           CASE WHEN l.kind = 'REVERSAL' THEN -1 ELSE 1 END AS sign,
           CASE WHEN l.kind = 'REVERSAL' THEN u.kind ELSE l.kind END AS sale,
           CASE WHEN l.kind = 'REVERSAL' THEN u.amount ELSE l.amount END AS amount,
           CASE WHEN l.kind = 'REVERSAL' THEN u.occurred ELSE l.occurred END AS sold,
           CASE l.kind WHEN 'REFUND' THEN is_refund_of_order(l.program_id, l.store_id, l.order_id, l.recorded_at, l.extra)
                       WHEN 'REVERSAL' THEN u.kind = 'REFUND'
                                        AND is_refund_of_order(l.program_id, u.store_id, u.order_id, u.recorded_at, u.extra)
           END AS is_refund,
           CASE l.kind WHEN 'REFUND' THEN l.extra -> 'detail' WHEN 'REVERSAL' THEN u.extra -> 'detail' END AS refund,
           CASE l.kind WHEN 'REFUND' THEN coalesce(l.extra #>> '{detail,storeId}', l.store_id)
                       WHEN 'REVERSAL' THEN coalesce(u.extra #>> '{detail,storeId}', u.store_id)
                       ELSE l.store_id END AS store_id,
           CASE WHEN l.kind = 'REVERSAL' THEN u.channel ELSE l.channel END AS channel,
           CASE WHEN l.kind = 'REVERSAL' THEN u.terminal_id ELSE l.terminal_id END AS terminal_id,
           CASE WHEN l.kind = 'REVERSAL' THEN u.cashier_id ELSE l.cashier_id END AS cashier_id
      FROM line l
      LEFT JOIN LATERAL (
        -- Of the member itself, or of one that was merged into it.
        SELECT kind, amount, store_id, channel, terminal_id, cashier_id, order_id, recorded_at,
               CASE WHEN kind = 'REFUND' THEN extra END AS extra,
               date_bin('1 minute', occurred_at, 'epoch') AS occurred
          FROM entry e
         WHERE l.kind = 'REVERSAL' AND e.program_id = l.program_id
           AND e.member_id = CASE WHEN l.refers_to IS NULL THEN regexp_replace(l.part, '-[0-9]+$', '')
                                  ELSE l.member_id END
           AND e.sequence = coalesce(l.refers_to, substring(l.part FROM '-([0-9]+)$')::bigint)
         LIMIT 1) u ON true
     WHERE l.extra IS NOT NULL
  ), given AS (
    -- What a refund or a reversal gave back to the member, without what had expired meanwhile. The rest of its points is
    -- what it took back. The reversal of a refund takes both down again.
    SELECT k.*,
           CASE kind WHEN 'REFUND' THEN given_back
                     WHEN 'REVERSAL' THEN CASE WHEN spent = 0 THEN 0
                                               WHEN earned = 0 THEN points
                                               WHEN sale = 'REFUND' THEN lapsed - given_back
                                               ELSE -spent - expired END
                     ELSE 0 END AS back
      FROM (SELECT s.*, (detail ->> 'points')::bigint AS captured, (detail ->> 'expired')::bigint AS expired,
                   (detail ->> 'earned')::bigint AS earned, (detail ->> 'spent')::bigint AS spent,
                   coalesce((detail #>> '{lapsed,points}')::bigint, 0) AS lapsed,
                   coalesce((refund #>> '{givenBack,points}')::bigint - (refund ->> 'expired')::bigint, 0) AS given_back
              FROM special s) k
  ), measure AS (
    SELECT program_id, occurred AS at, store_id, channel, terminal_id, cashier_id, entries AS orders,
           coalesce(amount, 0) AS turnover, 0 AS refunds, 0 AS refunded, 0 AS earned, 0 AS spent, 0 AS expired,
           0 AS given_back, 0 AS taken_back, 0 AS value_in, 0 AS value_out, 0 AS new_members
      FROM plain WHERE kind = 'ACCRUAL'
    UNION ALL
    SELECT program_id, recorded, store_id, channel, terminal_id, cashier_id, 0, 0, 0, 0,
           CASE kind WHEN 'ACCRUAL' THEN points + paid ELSE 0 END,
           CASE kind WHEN 'ACCRUAL' THEN paid WHEN 'DEDUCTION' THEN -points ELSE 0 END,
           CASE kind WHEN 'EXPIRY' THEN -points ELSE 0 END, 0, 0, 0, 0, 0
      FROM plain
    UNION ALL
    SELECT program_id, sold, store_id, channel, terminal_id, cashier_id,
           CASE WHEN is_refund THEN 0 ELSE sign END, CASE WHEN is_refund THEN 0 ELSE sign * coalesce(amount, 0) END,
           CASE WHEN is_refund THEN sign ELSE 0 END, CASE WHEN is_refund THEN sign * coalesce(amount, 0) ELSE 0 END,
           0, 0, 0, 0, 0, 0, 0, 0
      FROM special WHERE sale = 'ACCRUAL' OR is_refund
    UNION ALL
    SELECT program_id, recorded, store_id, channel, terminal_id, cashier_id, 0, 0, 0, 0,
           CASE kind WHEN 'ACCRUAL' THEN points + paid WHEN 'TOP_UP' THEN points ELSE 0 END,
           CASE kind WHEN 'ACCRUAL' THEN paid WHEN 'DEDUCTION' THEN -points WHEN 'CAPTURE' THEN captured ELSE 0 END,
           CASE kind WHEN 'EXPIRY' THEN -points WHEN 'RELEASE' THEN -points WHEN 'CAPTURE' THEN -points - captured
                     ELSE 0 END,
           back,
           CASE WHEN kind = 'CANCELLATION' THEN -points
                WHEN kind = 'REFUND' OR (kind = 'REVERSAL' AND (earned <> 0 OR spent <> 0)) THEN back - points
                ELSE 0 END,
           greatest(stored_value, 0), greatest(-stored_value, 0), 0
      FROM given
    UNION ALL
    SELECT b.program_id, date_bin('1 minute', b.recorded_at, 'epoch'), e.store_id, e.channel, e.terminal_id,
           e.cashier_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
      FROM batch b
     CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) AS l (member_id, sequence)
      LEFT JOIN LATERAL (
        SELECT store_id, channel, terminal_id, cashier_id FROM entry e
         WHERE e.member_id = l.member_id AND e.program_id = b.program_id AND e.sequence = 1 AND l.sequence = 1
         LIMIT 1) e ON true
     WHERE b.type = 'member.enrolled'
       AND (SELECT true FROM pool o WHERE o.program_id = b.program_id AND o.pool_id = l.member_id) IS NULL
  ), minute AS MATERIALIZED (
    SELECT m.program_id, m.at, (m.at AT TIME ZONE p.time_zone)::date AS business_day,
           hour_start(m.at, p.time_zone) AS hour_start,
           first_visitor((m.at AT TIME ZONE p.time_zone)::date) AS visitors,
           hashtextextended(m.program_id, 1) AS high_seed, hashtextextended(m.program_id, 2) AS low_seed
      FROM (SELECT program_id, at FROM measure
            UNION SELECT program_id, occurred FROM plain
            UNION SELECT program_id, sold FROM special) m
      JOIN program p ON p.program_id = m.program_id
  ), hour AS MATERIALIZED (
    SELECT program_id, business_day, hour_start, coalesce(store_id, '') AS store_id, coalesce(channel, '') AS channel,
           coalesce(terminal_id, '') AS terminal_id, coalesce(cashier_id, '') AS cashier_id, sum(orders) AS orders,
           sum(turnover) AS turnover, sum(refunds) AS refunds, sum(refunded) AS refunded, sum(earned) AS earned,
           sum(spent) AS spent, sum(expired) AS expired, sum(given_back) AS given_back, sum(taken_back) AS taken_back,
           sum(value_in) AS value_in, sum(value_out) AS value_out, sum(new_members) AS new_members
      FROM measure JOIN minute USING (program_id, at)
     WHERE orders <> 0 OR turnover <> 0 OR refunds <> 0 OR earned <> 0 OR spent <> 0 OR expired <> 0 OR given_back <> 0
        OR taken_back <> 0 OR value_in <> 0 OR value_out <> 0 OR new_members <> 0
     GROUP BY 1, 2, 3, 4, 5, 6, 7
  ), hours AS (
    INSERT INTO figure_hour AS h SELECT * FROM hour
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
  ), days AS (
    INSERT INTO figure_store_day AS d
    SELECT program_id, business_day, store_id, channel, sum(orders), sum(turnover), sum(refunds), sum(refunded),
           sum(earned), sum(spent), sum(expired), sum(given_back), sum(taken_back), sum(value_in), sum(value_out),
           sum(new_members)
      FROM hour GROUP BY 1, 2, 3, 4
    ON CONFLICT (program_id, business_day, store_id, channel) DO UPDATE
       SET orders = d.orders + excluded.orders,
           turnover = d.turnover + excluded.turnover,
           refunds = d.refunds + excluded.refunds,
           refunded = d.refunded + excluded.refunded,
           points_earned = d.points_earned + excluded.points_earned,
           points_spent = d.points_spent + excluded.points_spent,
           points_expired = d.points_expired + excluded.points_expired,
           points_given_back = d.points_given_back + excluded.points_given_back,
           points_taken_back = d.points_taken_back + excluded.points_taken_back,
           stored_value_in = d.stored_value_in + excluded.stored_value_in,
           stored_value_out = d.stored_value_out + excluded.stored_value_out,
           new_members = d.new_members + excluded.new_members
  ), visit AS MATERIALIZED (
    -- Those who are served in a store for the first time on that day, and whether it is for the first time in any. Mostly
    -- it is, and one look is enough.
    SELECT v.*
      FROM (SELECT d.*, (SELECT true FROM figure_served f
                          WHERE f.visitor_high = d.visitor_high AND f.visitor_low = d.visitor_low LIMIT 1) IS NULL AS is_first
              FROM (SELECT DISTINCT m.visitors | (hashtextextended(l.member_id, m.high_seed) & ((1::bigint << 47) - 1))
                             AS visitor_high,
                           hashtextextended(l.member_id, m.low_seed) AS visitor_low,
                           hashtextextended(l.store_id, 3) AS store, l.program_id, m.business_day, l.store_id
                      FROM line l JOIN minute m ON m.program_id = l.program_id AND m.at = l.occurred
                     WHERE l.kind IN ('ACCRUAL', 'DEDUCTION', 'PAYMENT', 'TOP_UP', 'CAPTURE') AND l.store_id IS NOT NULL
                       AND l.recorded < l.occurred + interval '35 days'
                     ORDER BY 1, 2, 3) d
            OFFSET 0) v
     WHERE v.is_first
        OR (SELECT true FROM figure_served f
             WHERE f.visitor_high = v.visitor_high AND f.visitor_low = v.visitor_low
               AND f.store = v.store LIMIT 1) IS NULL
  ), served AS (
    INSERT INTO figure_served
    SELECT visitor_high, visitor_low, store FROM visit
  ), forgotten AS (
    -- Days that nothing is in time for any more. Some rows at a time, so that no part of the feed takes long.
    DELETE FROM figure_served
     WHERE ctid = ANY (ARRAY(
       SELECT f.ctid FROM figure_served f
        WHERE f.visitor_high < first_visitor((SELECT min(recorded) - interval '37 days' FROM line)::date)
        ORDER BY f.visitor_high LIMIT 10000))
  ), served_by_day AS (
    INSERT INTO figure_day AS d
    SELECT program_id, business_day, store_id, count(*) FROM visit GROUP BY 1, 2, 3
    UNION ALL
    SELECT program_id, business_day, '', count(*)
      FROM (SELECT DISTINCT program_id, business_day, visitor_high, visitor_low FROM visit WHERE is_first) v GROUP BY 1, 2
    ON CONFLICT (program_id, business_day, store_id) DO UPDATE
       SET members_served = d.members_served + excluded.members_served
  ), movement AS (
    SELECT program_id, 'points' AS account, 'AVAILABLE' AS place, lot_expires_at[1] AS expires_at, sum(lot_points[1]) AS points
      FROM line WHERE cardinality(lot_points) = 1 GROUP BY program_id, lot_expires_at[1]
    UNION ALL
    SELECT l.program_id, 'points', 'AVAILABLE', m.expires_at, m.points
      FROM line l CROSS JOIN LATERAL unnest(l.lot_expires_at, l.lot_points) AS m (expires_at, points)
     WHERE cardinality(l.lot_points) > 1
    UNION ALL
    SELECT l.program_id, m ->> 0, m ->> 1, coalesce((m ->> 3)::timestamptz, 'infinity'), (m ->> 4)::bigint
      FROM line l CROSS JOIN LATERAL json_array_elements(l.extra -> 'movements') m
     WHERE l.extra IS NOT NULL
  )
  INSERT INTO figure_outstanding AS o
  SELECT program_id, account, place, expires_at, sum(points) FROM movement
   GROUP BY 1, 2, 3, 4 HAVING sum(points) <> 0
  ON CONFLICT (program_id, account, place, expires_at) DO UPDATE SET points = o.points + excluded.points;
END $$;

CREATE OR REPLACE FUNCTION rebuild_figures() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM feed_consumer WHERE name = 'figures' FOR UPDATE;
  DELETE FROM figure_hour;
  DELETE FROM figure_store_day;
  DELETE FROM figure_served;
  DELETE FROM figure_day;
  DELETE FROM figure_outstanding;
  UPDATE feed_consumer SET last_position = 0, updated_at = now() WHERE name = 'figures';
END $$;

SELECT rebuild_figures();
