package points.ledger.rulebook;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import points.ledger.database.PgClient;

/** The table of rule books: drafts, which may change, and books that were published. */
public final class RuleBooks {

  /** Callers that add drafts take turns by the program's row, so none of them counts too few. */
  private static final String TAKE_TURN =
      "SELECT FROM program WHERE program_id = $1 FOR NO KEY UPDATE";

  private static final String COUNT_DRAFTS =
      "SELECT count(*) AS drafts FROM rule_book WHERE program_id = $1 AND NOT published";

  private static final String INSERT =
      """
      INSERT INTO rule_book (program_id, rule_book_id, title, document, hash, changed_by,
                             created_at, changed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
      ON CONFLICT (program_id, rule_book_id) DO NOTHING
      RETURNING *
      """;

  private static final String LOCK =
      "SELECT * FROM rule_book WHERE program_id = $1 AND rule_book_id = $2 FOR UPDATE";

  private static final String REPLACE =
      """
      UPDATE rule_book SET title = $3, document = $4, hash = $5, changed_by = $6, changed_at = $7
       WHERE program_id = $1 AND rule_book_id = $2
      RETURNING *
      """;

  private static final String DELETE =
      "DELETE FROM rule_book WHERE program_id = $1 AND rule_book_id = $2";

  private static final String FIND =
      "SELECT * FROM rule_book WHERE program_id = $1 AND rule_book_id = $2";

  /** Without the documents, of which a page may be 25 megabytes. */
  private static final String PAGE =
      """
      SELECT rule_book_id, title, hash, created_at, changed_at, changed_by, published,
             '' AS document
        FROM rule_book
       WHERE program_id = $1 AND rule_book_id > $2
       ORDER BY rule_book_id LIMIT $3
      """;

  private final PgClient connections;

  public RuleBooks(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /** Keeps a new draft, in the caller's transaction. */
  public Future<DraftChange> create(SqlClient transaction, Draft draft, Instant now) {
    return transaction
        .preparedQuery(TAKE_TURN)
        .execute(Tuple.of(draft.programId()))
        .compose(turn -> draftsOf(transaction, draft.programId()))
        .compose(
            drafts ->
                drafts >= Draft.DRAFTS_MAX
                    ? Future.succeededFuture(new DraftChange.TooMany())
                    : transaction
                        .preparedQuery(INSERT)
                        .execute(columns(draft, now))
                        .map(
                            rows ->
                                rows.size() == 0
                                    ? new DraftChange.Exists()
                                    : new DraftChange.Done(null, first(rows))));
  }

  private static Future<Long> draftsOf(SqlClient transaction, String programId) {
    return transaction
        .preparedQuery(COUNT_DRAFTS)
        .execute(Tuple.of(programId))
        .map(rows -> rows.iterator().next().getLong("drafts"));
  }

  /**
   * Replaces a draft.
   *
   * @param isExpected whether the draft is as the caller has read it; nothing changes if not
   * @param recorder appends the change to the audit trail
   */
  public Future<DraftChange> replace(
      Draft draft, Instant now, Predicate<StoredBook> isExpected, DraftRecorder recorder) {
    return change(
        draft.programId(),
        draft.ruleBookId(),
        isExpected,
        transaction ->
            transaction.preparedQuery(REPLACE).execute(columns(draft, now)).map(RuleBooks::first),
        recorder);
  }

  /** Deletes a draft. */
  public Future<DraftChange> delete(
      String programId,
      String ruleBookId,
      Predicate<StoredBook> isExpected,
      DraftRecorder recorder) {
    return change(
        programId,
        ruleBookId,
        isExpected,
        transaction ->
            transaction.preparedQuery(DELETE).execute(Tuple.of(programId, ruleBookId)).mapEmpty(),
        recorder);
  }

  private Future<DraftChange> change(
      String programId,
      String ruleBookId,
      Predicate<StoredBook> isExpected,
      Function<SqlClient, Future<StoredBook>> work,
      DraftRecorder recorder) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(programId, ruleBookId))
                .compose(
                    locked -> {
                      if (locked.size() == 0) {
                        return Future.succeededFuture(new DraftChange.Missing());
                      }
                      StoredBook before = first(locked);
                      if (before.published()) {
                        return Future.succeededFuture(new DraftChange.Final());
                      }
                      if (!isExpected.test(before)) {
                        return Future.succeededFuture(new DraftChange.Outdated());
                      }
                      return work.apply(transaction)
                          .map(after -> new DraftChange.Done(before, after))
                          .compose(done -> recorder.record(transaction, done).map(done));
                    }));
  }

  /** Appends a change of a draft to the audit trail, in the transaction that makes it. */
  @FunctionalInterface
  public interface DraftRecorder {

    /** Appends the change. */
    Future<Void> record(SqlClient transaction, DraftChange.Done change);
  }

  /** Returns a book with its document; empty when the program has none of this id. */
  public Future<Optional<StoredBook>> find(String programId, String ruleBookId) {
    return connections
        .read(FIND, Tuple.of(programId, ruleBookId))
        .map(rows -> all(rows).stream().findFirst());
  }

  /** Returns the program's books after an id, in order of their ids, without their documents. */
  public Future<List<StoredBook>> page(String programId, String after, int limit) {
    return connections.read(PAGE, Tuple.of(programId, after, limit)).map(RuleBooks::all);
  }

  private static Tuple columns(Draft draft, Instant now) {
    return Tuple.of(
            draft.programId(),
            draft.ruleBookId(),
            draft.title(),
            draft.document(),
            draft.hash(),
            draft.author())
        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC));
  }

  private static StoredBook first(RowSet<Row> rows) {
    return StoredBook.of(rows.iterator().next());
  }

  private static List<StoredBook> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(StoredBook::of).toList();
  }
}
