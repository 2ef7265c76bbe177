package points.ledger.rating;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.database.PgTimestamps;

/**
 * The ratings of all programs. An order has one, which its member may change for a day.
 *
 * <p>Each change is written to the feed, and counted in {@code rating_day}, by the transaction that
 * makes it.
 */
public final class Ratings {

  /** Waits while the member's ratings are passed on or emptied; the next statement sees why. */
  private static final String TAKE_TURN =
      "SELECT pg_advisory_xact_lock_shared(rating_turn($1, $2))";

  private static final String MEMBER =
      """
      SELECT status, extra ->> 'mergedInto' AS merged_into FROM member
       WHERE program_id = $1 AND member_id = $2
      """;

  private static final String OF_ORDER =
      """
      SELECT * FROM rating WHERE program_id = $1 AND store_id = $2 AND order_id = $3 FOR UPDATE
      """;

  private static final String INSERT =
      """
      INSERT INTO rating (program_id, store_id, order_id, member_id, stars, text, business_day,
                          given_at, changed_at)
      SELECT $1, $2, $3, $4, $5, $6, ($7 AT TIME ZONE p.time_zone)::date, $7, $7
        FROM program p WHERE p.program_id = $1
      ON CONFLICT (program_id, store_id, order_id) DO NOTHING
      RETURNING *
      """;

  private static final String CHANGE =
      """
      UPDATE rating SET stars = $3, text = $4, changed_at = $5
       WHERE program_id = $1 AND rating_id = $2
      RETURNING *
      """;

  private static final String FOR_HIDING =
      "SELECT * FROM rating WHERE program_id = $1 AND rating_id = $2 FOR UPDATE";

  private static final String HIDE =
      """
      UPDATE rating SET hidden_at = $3, hidden_reason = $4
       WHERE program_id = $1 AND rating_id = $2
      RETURNING *
      """;

  private static final String ONE = "SELECT * FROM rating WHERE program_id = $1 AND rating_id = $2";

  /** The place after which the page begins is a row of its own, so that an index leads there. */
  private static final String PAGE =
      """
      SELECT r.*
        FROM (SELECT given_at, rating_id FROM rating WHERE program_id = $1 AND rating_id = $9
              UNION ALL
              SELECT 'infinity', 0 WHERE $9::bigint IS NULL) place
       CROSS JOIN LATERAL (
         SELECT * FROM rating
          WHERE program_id = $1
            AND ($2::text[] IS NULL OR store_id = ANY ($2))
            AND ($3::text IS NULL OR order_id = $3)
            AND ($4::text IS NULL OR member_id = $4)
            AND ($5::smallint IS NULL OR stars = $5)
            AND ($6::boolean IS NULL OR (hidden_at IS NOT NULL) = $6)
            AND ($7::timestamptz IS NULL OR given_at >= $7)
            AND ($8::timestamptz IS NULL OR given_at < $8)
            AND (given_at, rating_id) < (place.given_at, place.rating_id)
          ORDER BY given_at DESC, rating_id DESC LIMIT $10) r
       ORDER BY given_at DESC, rating_id DESC
      """;

  private final PgClient connections;

  public Ratings(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** A rating before and after a change of head office. */
  public record Change(Rating before, Rating after) {}

  /**
   * Gives a rating, or changes the one that the order has, in the caller's transaction.
   *
   * @param sale the state of the sale, read before the transaction: reversing the sale later does
   *     not take the rating away either
   * @param now cut to milliseconds
   */
  public Future<Given> give(SqlClient transaction, RatingDraft draft, RatedSale sale, Instant now) {
    Tuple member = Tuple.of(draft.member().programId(), draft.member().memberId());
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(member)
        .compose(taken -> transaction.preparedQuery(MEMBER).execute(member))
        .compose(
            rows -> {
              Given refused = refusal(rows.iterator().hasNext() ? rows.iterator().next() : null);
              if (refused != null) {
                return Future.succeededFuture(refused);
              }
              return sale == RatedSale.STANDS
                  ? giveOrChange(transaction, draft, now)
                  : Future.succeededFuture(new Given.NoSale(sale));
            });
  }

  private static @Nullable Given refusal(@Nullable Row member) {
    if (member == null) {
      return new Given.MemberUnknown();
    }
    return switch (member.getString("status")) {
      case "CLOSED" -> new Given.MemberClosed();
      case "MERGED" -> new Given.MemberMerged(member.getString("merged_into"));
      default -> null;
    };
  }

  private static Future<Given> giveOrChange(SqlClient transaction, RatingDraft draft, Instant now) {
    return insert(transaction, draft, now)
        .compose(
            inserted ->
                inserted.isPresent()
                    ? RatingEvents.write(
                            transaction, draft.member().programId(), "rating.given", inserted.get())
                        .map(rating -> new Given.Done(rating, true))
                    : transaction
                        .preparedQuery(OF_ORDER)
                        .execute(
                            Tuple.of(draft.member().programId(), draft.storeId(), draft.orderId()))
                        .map(Ratings::only)
                        .compose(before -> change(transaction, before.orElseThrow(), draft, now)));
  }

  private static Future<Optional<Rating>> insert(
      SqlClient transaction, RatingDraft draft, Instant now) {
    return transaction
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                    draft.member().programId(),
                    draft.storeId(),
                    draft.orderId(),
                    draft.member().memberId())
                .addShort((short) draft.stars())
                .addString(draft.text())
                .addOffsetDateTime(PgTimestamps.toSql(now)))
        .map(Ratings::only);
  }

  private static Future<Given> change(
      SqlClient transaction, Rating before, RatingDraft draft, Instant now) {
    if (!before.memberId().equals(draft.member().memberId())) {
      return Future.succeededFuture(new Given.RatedByAnother());
    } else if (before.stars() == draft.stars() && Objects.equals(before.text(), draft.text())) {
      return Future.succeededFuture(new Given.Done(before, false));
    } else if (!now.isBefore(before.changeableUntil())) {
      return Future.succeededFuture(new Given.NoLongerChangeable(before.givenAt()));
    }
    String programId = draft.member().programId();
    return transaction
        .preparedQuery(CHANGE)
        .execute(
            Tuple.of(programId, before.ratingId())
                .addShort((short) draft.stars())
                .addString(draft.text())
                .addOffsetDateTime(PgTimestamps.toSql(now)))
        .map(rows -> only(rows).orElseThrow())
        .compose(after -> RatingEvents.write(transaction, programId, "rating.changed", after))
        .map(after -> new Given.Done(after, false));
  }

  /**
   * Hides a rating or shows it again, in the caller's transaction. A rating that is hidden already
   * gets the new reason.
   *
   * @param hidden null to show it again
   * @return empty when the program has no such rating
   */
  public Future<Optional<Change>> hide(
      SqlClient transaction, String programId, long ratingId, Rating.@Nullable Hidden hidden) {
    return transaction
        .preparedQuery(FOR_HIDING)
        .execute(Tuple.of(programId, ratingId))
        .map(Ratings::only)
        .compose(
            before ->
                before.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : hide(transaction, programId, before.get(), hidden).map(Optional::of));
  }

  private static Future<Change> hide(
      SqlClient transaction, String programId, Rating before, Rating.@Nullable Hidden hidden) {
    if (Objects.equals(reason(before.hidden()), reason(hidden))) {
      return Future.succeededFuture(new Change(before, before));
    }
    return transaction
        .preparedQuery(HIDE)
        .execute(
            Tuple.of(programId, before.ratingId())
                .addOffsetDateTime(hidden == null ? null : PgTimestamps.toSql(hidden.at()))
                .addString(reason(hidden)))
        .map(rows -> only(rows).orElseThrow())
        .compose(
            after ->
                RatingEvents.write(
                    transaction,
                    programId,
                    hidden == null ? "rating.shown" : "rating.hidden",
                    after))
        .map(after -> new Change(before, after));
  }

  private static @Nullable String reason(Rating.@Nullable Hidden hidden) {
    return hidden == null ? null : hidden.reason();
  }

  /** One rating; empty when the program has none of this id. */
  public Future<Optional<Rating>> find(String programId, OptionalLong ratingId) {
    return ratingId.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : connections.read(ONE, Tuple.of(programId, ratingId.getAsLong())).map(Ratings::only);
  }

  /** The ratings of a program that are wanted, newest first. */
  public Future<List<Rating>> page(String programId, RatingSearch wanted, int limit) {
    String @Nullable [] stores =
        wanted.stores() == null ? null : wanted.stores().toArray(String[]::new);
    Tuple arguments =
        Tuple.of(programId)
            .addArrayOfString(stores)
            .addString(wanted.orderId())
            .addString(wanted.memberId())
            .addShort(wanted.stars() == null ? null : wanted.stars().shortValue())
            .addBoolean(wanted.hidden())
            .addOffsetDateTime(wanted.from() == null ? null : PgTimestamps.toSql(wanted.from()))
            .addOffsetDateTime(wanted.to() == null ? null : PgTimestamps.toSql(wanted.to()))
            .addLong(wanted.after())
            .addInteger(limit);
    return connections
        .read(PAGE, arguments)
        .map(
            rows -> {
              var found = new ArrayList<Rating>(rows.size());
              rows.forEach(row -> found.add(Rating.of(row)));
              return found;
            });
  }

  private static Optional<Rating> only(RowSet<Row> rows) {
    return rows.stream().map(Rating::of).findFirst();
  }
}
