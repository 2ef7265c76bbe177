package points.ledger.review;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.registry.SetupRequests;
import points.ledger.review.Review.Decision;
import points.ledger.review.Review.LateSale;
import points.ledger.review.Review.Status;
import points.ledger.trail.Recorder;

/**
 * The table of orders that came too late, and of refunds whose sale did not come.
 *
 * <p>{@link ReviewService} moves a review from one status to the next.
 */
public final class Reviews {

  private static final String FILE =
      """
      INSERT INTO review (program_id, idempotency_key, fingerprint, type, kind, member_id, store_id,
                          order_id, content, occurred_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT DO NOTHING RETURNING *
      """;

  /** The one of this key, else the one of this order. */
  private static final String SAME =
      """
      SELECT * FROM review
       WHERE program_id = $1
         AND (idempotency_key = $2 OR (store_id = $3 AND order_id = $4 AND kind = $5))
       ORDER BY (idempotency_key = $2) DESC LIMIT 1
      """;

  private static final String ONE = "SELECT * FROM review WHERE program_id = $1 AND review_id = $2";

  private static final String PAGE =
      """
      SELECT * FROM review
       WHERE program_id = $1 AND status = ANY ($2) AND review_id > $3
       ORDER BY review_id LIMIT $4
      """;

  private static final String CLAIM =
      """
      UPDATE review
         SET status = 'ACCEPTING', attempts = attempts + 1, decision_key = $3, decision_print = $4,
             operator = $5, reason = $6
       WHERE program_id = $1 AND review_id = $2 AND status IN ('REVIEW', 'ACCEPTING')
      RETURNING *
      """;

  private static final String CLOSE =
      """
      UPDATE review
         SET status = 'ACCEPTED', transaction_id = $3, decided_at = date_trunc('milliseconds', now())
       WHERE program_id = $1 AND review_id = $2 AND status = 'ACCEPTING'
      RETURNING *
      """;

  private static final String GIVE_BACK =
      """
      UPDATE review
         SET status = 'REVIEW', decision_key = NULL, decision_print = NULL, operator = NULL,
             reason = NULL
       WHERE program_id = $1 AND review_id = $2 AND status = 'ACCEPTING' AND attempts = $3
      """;

  private static final String REJECT =
      """
      UPDATE review
         SET status = 'REJECTED', decision_key = $3, decision_print = $4, operator = $5, reason = $6,
             decided_at = date_trunc('milliseconds', now())
       WHERE program_id = $1 AND review_id = $2 AND status = 'REVIEW'
      RETURNING *
      """;

  private final PgClient connections;

  public Reviews(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * A review that is there already for this key or this order.
   *
   * @return empty when there is none
   */
  public Future<Optional<Review>> find(LateSale sale) {
    return connections
        .read(
            SAME,
            Tuple.of(sale.programId(), sale.key(), sale.storeId(), sale.orderId(), sale.kind()))
        .map(Reviews::first);
  }

  /**
   * Keeps what came too late.
   *
   * @return the review; empty when one of this key or order was made at this moment
   */
  public Future<Optional<Review>> file(LateSale sale) {
    return connections
        .write(
            FILE,
            Tuple.of(
                sale.programId(),
                sale.key(),
                sale.fingerprint(),
                sale.type(),
                sale.kind(),
                sale.memberId(),
                sale.storeId(),
                sale.orderId(),
                sale.content(),
                sale.occurredAt().atOffset(ZoneOffset.UTC)))
        .map(Reviews::first);
  }

  /** A review of the program; empty when it has none of this number. */
  public Future<Optional<Review>> find(String programId, long reviewId) {
    return connections.read(ONE, Tuple.of(programId, reviewId)).map(Reviews::first);
  }

  /**
   * The program's reviews, oldest first.
   *
   * @param statuses only those
   * @param after only those of a higher number
   * @param limit at most so many
   */
  public Future<List<Review>> page(String programId, List<Status> statuses, long after, int limit) {
    String[] names = statuses.stream().map(Enum::name).toArray(String[]::new);
    return connections
        .read(PAGE, Tuple.of(programId, names, after, limit))
        .map(
            rows -> {
              var reviews = new ArrayList<Review>(rows.size());
              rows.forEach(row -> reviews.add(review(row)));
              return reviews;
            });
  }

  /**
   * Claims a review for the ledger.
   *
   * @return empty when it is decided, or there is none; failed with {@link
   *     SetupRequests.KeyReusedException} when the decision's key is another's
   */
  public Future<Optional<Review>> claim(String programId, long reviewId, Decision decision) {
    return decide(
        CLAIM,
        programId,
        reviewId,
        decision,
        (transaction, before, after) -> Future.succeededFuture());
  }

  /** The ledger has it: closes a claimed review. Empty when another has closed it. */
  public Future<Optional<Review>> close(
      Review claimed, String transactionId, Recorder<Review> recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(claimed.sale().programId(), claimed.reviewId(), transactionId))
                .map(Reviews::first)
                .compose(closed -> record(transaction, closed, recorder)));
  }

  private static Future<Optional<Review>> record(
      SqlClient transaction, Optional<Review> decided, Recorder<Review> recorder) {
    return decided.isEmpty()
        ? Future.succeededFuture(decided)
        : recorder.record(transaction, decided.get(), decided.get()).map(decided);
  }

  /** The ledger does not have it: it waits again, unless somebody claimed it since. */
  public Future<Void> giveBack(Review claimed) {
    return connections
        .write(
            GIVE_BACK, Tuple.of(claimed.sale().programId(), claimed.reviewId(), claimed.attempts()))
        .mapEmpty();
  }

  /**
   * Rejects a review that waits.
   *
   * @return as {@link #claim}
   */
  public Future<Optional<Review>> reject(
      String programId, long reviewId, Decision decision, Recorder<Review> recorder) {
    return decide(REJECT, programId, reviewId, decision, recorder);
  }

  private Future<Optional<Review>> decide(
      String sql, String programId, long reviewId, Decision decision, Recorder<Review> recorder) {
    Tuple arguments =
        Tuple.of(
            programId,
            reviewId,
            decision.key(),
            decision.fingerprint(),
            decision.operator(),
            decision.reason());
    return connections
        .inTransaction(
            transaction ->
                transaction
                    .preparedQuery(sql)
                    .execute(arguments)
                    .map(Reviews::first)
                    .compose(decided -> record(transaction, decided, recorder)))
        .recover(cause -> Future.failedFuture(isTaken(cause) ? SetupRequests.reused() : cause));
  }

  private static boolean isTaken(Throwable cause) {
    return cause instanceof PgException error && "review_decision".equals(error.getConstraint());
  }

  private static Optional<Review> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(review(rows.iterator().next()));
  }

  private static Review review(Row row) {
    return new Review(
        row.getLong("review_id"),
        Status.valueOf(row.getString("status")),
        row.getInteger("attempts"),
        new LateSale(
            row.getString("program_id"),
            row.getString("idempotency_key"),
            row.getUUID("fingerprint"),
            row.getString("type"),
            row.getString("kind"),
            row.getString("member_id"),
            row.getString("store_id"),
            row.getString("order_id"),
            row.getJsonObject("content"),
            row.getOffsetDateTime("occurred_at").toInstant()),
        row.getOffsetDateTime("received_at").toInstant(),
        decision(row),
        row.getString("transaction_id"));
  }

  private static @Nullable Decision decision(Row row) {
    String key = row.getString("decision_key");
    if (key == null) {
      return null;
    }
    var at = row.getOffsetDateTime("decided_at");
    return new Decision(
        key,
        row.getUUID("decision_print"),
        row.getString("operator"),
        row.getString("reason"),
        at == null ? null : at.toInstant());
  }
}
