package points.ledger.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;
import points.ledger.model.Entry;

/** Reads what a program recorded in a period, batch by batch, in the order of the feed. */
public final class RecordedPeriod {

  /** Events that one statement reads, at least one batch of them. */
  private static final long EVENTS_MAX = 1_000;

  /** Clocks of nodes may differ by so much. */
  private static final Duration CLOCKS = Duration.ofSeconds(10);

  private static final String RANGE =
      """
      SELECT r.first, r.last,
             (SELECT coalesce(sum(f.events), 0)::bigint FROM feed f
               WHERE f.program_id = $1 AND f.position >= r.first AND f.position < r.last) AS events
        FROM (SELECT feed_position_recorded_at($1, $2) AS first,
                     feed_position_recorded_at($1, $3) AS last) r
      """;

  /** Whole batches up to so many events, and their last place. */
  static final String SLICE =
      """
      WITH slice AS MATERIALIZED (
        SELECT s.position, s.batch_id
          FROM (SELECT f.position, f.batch_id, sum(f.events) OVER (ORDER BY f.position) - f.events AS before
                  FROM (SELECT position, batch_id, events FROM feed
                         WHERE program_id = $1 AND position >= $2 AND position < $3
                         ORDER BY position LIMIT $4) f) s
         WHERE s.before < $4)
      """;

  static final String NAMED =
      """
        FROM slice s
       CROSS JOIN LATERAL (
         SELECT member_ids, sequences FROM feed_batch b
          WHERE b.batch_id = s.batch_id AND b.program_id = $1 AND b.type IS NULL LIMIT 1) b
       CROSS JOIN LATERAL unnest(b.member_ids, b.sequences) WITH ORDINALITY AS n (member_id, sequence, place)
       CROSS JOIN LATERAL (
         SELECT * FROM entry e
          WHERE e.program_id = $1 AND e.member_id = n.member_id AND e.sequence = n.sequence LIMIT 1) e
      """;

  private static final String ENTRIES =
      SLICE
          + "SELECT (SELECT max(position) FROM slice) AS last_position, s.position, e.*"
          + NAMED
          + " ORDER BY s.position, n.place";

  private static final String LAST = SLICE + "SELECT max(position) AS last_position FROM slice";

  private static final String UNDONE =
      SLICE
          + """
          SELECT e.kind, e.member_id, e.store_id, e.order_id, e.refers_to, e.part,
                 e.extra #>> '{detail,ofMerged}' AS of_merged
          """
          + NAMED
          + " WHERE e.kind IN ('REFUND', 'REVERSAL', 'CANCELLATION', 'MOVE_OUT')";

  private static final String WAITING =
      "SELECT coalesce(max(batch_id), 0)::bigint AS batch_id FROM feed_unnumbered WHERE program_id"
          + " = $1";

  private static final String STILL_WAITS =
      "SELECT EXISTS (SELECT FROM feed_unnumbered WHERE program_id = $1 AND batch_id <= $2) AS"
          + " waits";

  /**
   * The places of a period in the feed.
   *
   * @param first the first place
   * @param last the place after the last one
   * @param events the number of events there; a little more than those of the period
   */
  public record Range(long first, long last, long events) {}

  /**
   * Some batches.
   *
   * @param next the place after them; -1 when there are no more
   */
  public record Page(RowSet<Row> rows, long next) {

    /** Returns the entries of each batch; takes its time. */
    public List<List<Entry>> batches() {
      var batches = new ArrayList<List<Entry>>();
      long position = -1;
      List<Entry> batch = List.of();
      for (Row row : rows) {
        if (row.getLong("position") != position) {
          position = row.getLong("position");
          batch = new ArrayList<>();
          batches.add(batch);
        }
        batch.add(EntryRows.entry(row));
      }
      return batches;
    }
  }

  /** A part of an order, or an entry, that is undone or moves; null where it is not named. */
  public record UndoneBy(@Nullable String storeId, @Nullable String orderId, @Nullable String of) {}

  private final PgClient connections;

  public RecordedPeriod(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Returns the last batch that has no place in the feed yet; 0 when all have one. */
  public Future<Long> waiting(String programId) {
    return connections
        .read(WAITING, Tuple.of(programId))
        .map(rows -> rows.iterator().next().getLong("batch_id"));
  }

  /** Returns whether batches up to one still have no place in the feed. */
  public Future<Boolean> stillWaits(String programId, long batch) {
    return connections
        .read(STILL_WAITS, Tuple.of(programId, batch))
        .map(rows -> rows.iterator().next().getBoolean("waits"));
  }

  /** Returns the places of what was recorded from one instant until before another. */
  public Future<Range> range(String programId, Instant from, Instant to) {
    return connections
        .read(
            RANGE,
            Tuple.of(
                programId,
                PgTimestamps.toSql(from.minus(CLOCKS)),
                PgTimestamps.toSql(to.plus(CLOCKS))))
        .map(rows -> rows.iterator().next())
        .map(row -> new Range(row.getLong("first"), row.getLong("last"), row.getLong("events")));
  }

  /** Reads the next batches of a range. */
  public Future<Page> page(String programId, Range range, long place) {
    return connections
        .read(ENTRIES, slice(programId, place, range.last()))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture(
                        new Page(rows, rows.iterator().next().getLong("last_position") + 1))
                    : next(programId, range, place).map(next -> new Page(rows, next)));
  }

  /** A slice may have changes of set-up only. */
  private Future<Long> next(String programId, Range range, long place) {
    return connections
        .read(LAST, slice(programId, place, range.last()))
        .map(rows -> rows.iterator().next().getLong("last_position"))
        .map(last -> last == null ? -1 : last + 1);
  }

  static Tuple slice(String programId, long place, long last) {
    return Tuple.of(programId, place, last, EVENTS_MAX);
  }

  /** Reads what is undone by the next batches of a range. */
  public Future<List<UndoneBy>> undone(String programId, Range range, long place) {
    return connections
        .read(UNDONE, slice(programId, place, range.last()))
        .map(
            rows -> {
              var undone = new ArrayList<UndoneBy>(rows.size());
              rows.forEach(it -> undone.add(undoneBy(it)));
              return undone;
            });
  }

  private static UndoneBy undoneBy(Row row) {
    Long refersTo = row.getLong("refers_to");
    String ofMerged = row.getString("of_merged");
    String of =
        refersTo != null
            ? row.getString("member_id") + "-" + refersTo
            : Entry.Kind.valueOf(row.getString("kind")) == Entry.Kind.MOVE_OUT
                ? row.getString("part")
                : ofMerged;
    return new UndoneBy(row.getString("store_id"), row.getString("order_id"), of);
  }

  /** Returns the place after the next batches of a range; -1 when there are no more. */
  public Future<Long> after(String programId, Range range, long place) {
    return next(programId, range, place);
  }
}
