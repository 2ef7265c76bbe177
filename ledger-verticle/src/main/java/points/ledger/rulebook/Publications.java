package points.ledger.rulebook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;

/** The table of publications: what is, was and will be in force in each program. */
public final class Publications {

  /**
   * Time between a change of a timeline and its effect. A node that has not read the timelines for
   * {@link Timelines#FRESH_FOR} rates no order; the rest is for clocks of nodes that differ.
   */
  public static final Duration LEAD = Duration.ofSeconds(40);

  /** Longest time between a publication and its effect. */
  public static final Duration AHEAD_MAX = Duration.ofDays(366);

  /** Greatest number of a program's publications that are not in force yet. */
  public static final int SCHEDULED_MAX = 20;

  private static final String LOCK_BOOK =
      """
      SELECT b.hash, p.time_zone
        FROM rule_book b JOIN program p ON p.program_id = b.program_id
       WHERE b.program_id = $1 AND b.rule_book_id = $2
         FOR NO KEY UPDATE OF b
      """;

  private static final String TAKE_TURN = "SELECT change_rule_book_timelines()";

  private static final String SCHEDULED =
      """
      SELECT count(*) AS scheduled FROM rule_book_publication
       WHERE program_id = $1 AND in_force_from > $2 AND withdrawn_at IS NULL
      """;

  private static final String INSERT =
      """
      INSERT INTO rule_book_publication (program_id, number, rule_book_id, in_force_from, time_zone,
                                         published_at, published_by, rolls_back)
      SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7
        FROM rule_book_publication WHERE program_id = $1
      RETURNING *
      """;

  /** The one in force, and the last before it with another book. */
  private static final String PRESENT_AND_BEFORE =
      """
      WITH stands AS (
        SELECT * FROM rule_book_publication
         WHERE program_id = $1 AND withdrawn_at IS NULL AND in_force_from <= $2
      ), present AS (
        SELECT * FROM stands ORDER BY in_force_from DESC, number DESC LIMIT 1
      ), before AS (
        SELECT s.* FROM stands s CROSS JOIN present p
         WHERE (s.in_force_from, s.number) < (p.in_force_from, p.number)
           AND s.rule_book_id <> p.rule_book_id
         ORDER BY s.in_force_from DESC, s.number DESC LIMIT 1
      )
      SELECT * FROM present UNION ALL SELECT * FROM before
      """;

  private static final String FIND =
      """
      SELECT * FROM rule_book_publication
       WHERE program_id = $1 AND rule_book_id = $2 AND number = $3
      """;

  private static final String WITHDRAW =
      """
      UPDATE rule_book_publication SET withdrawn_at = $3, withdrawn_by = $4
       WHERE program_id = $1 AND number = $2
      RETURNING *
      """;

  private static final String OF_BOOK =
      """
      SELECT * FROM rule_book_publication
       WHERE program_id = $1 AND rule_book_id = $2
       ORDER BY number DESC LIMIT $3
      """;

  private static final String PAGE =
      """
      SELECT * FROM rule_book_publication
       WHERE program_id = $1 AND number < $2
       ORDER BY number DESC LIMIT $3
      """;

  private final PgClient connections;

  public Publications(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * A change that a caller asks for.
   *
   * @param author the caller; null when nobody is known
   * @param at the instant of its effect; null for as soon as may be
   * @param time the node's clock, read when no other change is under way
   */
  public record ChangeRequest(
      String programId, @Nullable String author, @Nullable Instant at, InstantSource time) {

    private Instant now() {
      return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * Publishes a book, in the caller's transaction; call {@link Timelines#changed} after it.
   *
   * @param hash of the document that was checked
   */
  public Future<TimelineChange> publish(
      SqlClient transaction, ChangeRequest request, String ruleBookId, String hash) {
    return transaction
        .preparedQuery(LOCK_BOOK)
        .execute(Tuple.of(request.programId(), ruleBookId))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture(new TimelineChange.Missing());
              }
              Row row = rows.iterator().next();
              ZoneId zone = ZoneId.of(row.getString("time_zone"));
              return row.getString("hash").equals(hash)
                  ? takeTurn(transaction)
                      .compose(turn -> insert(transaction, request, ruleBookId, zone, null))
                  : Future.succeededFuture(new TimelineChange.Outdated());
            });
  }

  /** Publishes anew the book that was in force before the present one; as {@link #publish}. */
  public Future<TimelineChange> rollBack(SqlClient transaction, ChangeRequest request) {
    return takeTurn(transaction)
        .compose(
            turn ->
                transaction
                    .preparedQuery(PRESENT_AND_BEFORE)
                    .execute(Tuple.of(request.programId(), utc(request.now()))))
        .compose(
            rows -> {
              List<Publication> found = all(rows);
              if (found.size() < 2) {
                return Future.succeededFuture(new TimelineChange.NothingBefore());
              }
              Publication before = found.get(1);
              return insert(
                  transaction,
                  request,
                  before.ruleBookId(),
                  before.timeZone(),
                  found.get(0).number());
            });
  }

  /** Withdraws a publication that is not in force yet; as {@link #publish}. */
  public Future<TimelineChange> withdraw(
      SqlClient transaction, ChangeRequest request, String ruleBookId, long number) {
    return takeTurn(transaction)
        .compose(
            turn ->
                transaction
                    .preparedQuery(FIND)
                    .execute(Tuple.of(request.programId(), ruleBookId, number)))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture(new TimelineChange.Missing());
              }
              Publication found = all(rows).get(0);
              Instant now = request.now();
              if (found.withdrawnAt() != null) {
                return Future.succeededFuture(new TimelineChange.Unchanged(found));
              }
              if (found.inForceFrom().isBefore(now.plus(LEAD))) {
                return Future.succeededFuture(new TimelineChange.TooLate(found));
              }
              return transaction
                  .preparedQuery(WITHDRAW)
                  .execute(
                      Tuple.of(request.programId(), found.number(), utc(now), request.author()))
                  .map(changed -> new TimelineChange.Done(all(changed).get(0)));
            });
  }

  /** From here on no node reads the timelines until this transaction has ended. */
  private static Future<Void> takeTurn(SqlClient transaction) {
    return transaction.preparedQuery(TAKE_TURN).execute().mapEmpty();
  }

  private static Future<TimelineChange> insert(
      SqlClient transaction,
      ChangeRequest request,
      String ruleBookId,
      ZoneId zone,
      @Nullable Integer rollsBack) {
    Instant now = request.now();
    Instant earliest = now.plus(LEAD);
    Instant latest = now.plus(AHEAD_MAX);
    Instant at = request.at();
    Instant from = at == null ? earliest : at.truncatedTo(ChronoUnit.MILLIS);
    if (from.isBefore(earliest) || from.isAfter(latest)) {
      return Future.succeededFuture(new TimelineChange.OutsideOf(earliest, latest));
    }
    Tuple columns =
        Tuple.of(
                request.programId(),
                ruleBookId,
                utc(from),
                zone.getId(),
                utc(now),
                request.author())
            .addInteger(rollsBack);
    return transaction
        .preparedQuery(SCHEDULED)
        .execute(Tuple.of(request.programId(), utc(now)))
        .compose(
            rows ->
                rows.iterator().next().getLong("scheduled") >= SCHEDULED_MAX
                    ? Future.succeededFuture(new TimelineChange.TooManyScheduled())
                    : transaction
                        .preparedQuery(INSERT)
                        .execute(columns)
                        .map(made -> new TimelineChange.Done(all(made).get(0))));
  }

  /** Returns the newest publications of a book. */
  public Future<List<Publication>> ofBook(String programId, String ruleBookId, int limit) {
    return connections.read(OF_BOOK, Tuple.of(programId, ruleBookId, limit)).map(Publications::all);
  }

  /** Returns a program's publications before a number, newest first. */
  public Future<List<Publication>> page(String programId, long before, int limit) {
    int number = (int) Math.min(before, Integer.MAX_VALUE);
    return connections.read(PAGE, Tuple.of(programId, number, limit)).map(Publications::all);
  }

  private static List<Publication> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(Publication::of).toList();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
