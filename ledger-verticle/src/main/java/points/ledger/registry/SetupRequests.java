package points.ledger.registry;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;

/**
 * Does each set-up call once, whatever the network does.
 *
 * <p>The idempotency key and the first answer are written in the transaction of the call itself.
 */
public final class SetupRequests {

  /**
   * A call that may come again.
   *
   * @param key the caller's idempotency key, unique among the program's set-up calls
   * @param fingerprint of its content
   * @param seal of its answer
   */
  public record Call(String programId, String key, UUID fingerprint, Seal seal) {}

  /** Hides an answer from whoever reads the database, and finds it again for the same caller. */
  public interface Seal {
    byte[] close(byte[] answer);

    /** Null when another caller closed it. */
    byte @Nullable [] open(byte[] sealed);
  }

  /**
   * The answer to a set-up call.
   *
   * @param status of HTTP; from 400 on the call changed nothing and may come again
   * @param body the bytes of the answer
   */
  public record Answer(int status, Buffer body, boolean replayed) {

    /** A first answer. */
    public static Answer first(int status, Buffer body) {
      return new Answer(status, body, false);
    }
  }

  /** The key was used before with another content, or by another caller. */
  public static final class KeyReusedException extends Exception {
    private static final long serialVersionUID = 1;

    private KeyReusedException() {
      super("idempotency key reused", null, false, false);
    }
  }

  /** Returns the failure of {@link #once}, for calls that keep their keys themselves. */
  public static KeyReusedException reused() {
    return new KeyReusedException();
  }

  /** Carries an answer out of a transaction that is to be rolled back. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Answer answer;

    private RefusedException(Answer answer) {
      super("refused", null, false, false);
      this.answer = answer;
    }
  }

  private static final String CLAIM =
      """
      INSERT INTO setup_request (program_id, idempotency_key, fingerprint, status, sealed_answer)
      VALUES ($1, $2, $3, 0, '') ON CONFLICT (program_id, idempotency_key) DO NOTHING
      """;

  private static final String KEEP =
      """
      UPDATE setup_request SET status = $3, sealed_answer = $4
       WHERE program_id = $1 AND idempotency_key = $2
      """;

  private static final String FIRST =
      """
      SELECT fingerprint, status, sealed_answer FROM setup_request
       WHERE program_id = $1 AND idempotency_key = $2
      """;

  private static final String FORGET =
      """
      DELETE FROM setup_request WHERE (program_id, idempotency_key) IN (
        SELECT program_id, idempotency_key FROM setup_request
         WHERE created_at < now() - interval '30 days' LIMIT 10000)
      """;

  private final PgClient connections;

  public SetupRequests(Pool pool) {
    this.connections = new PgClient(pool);
  }

  /**
   * Does the work in a transaction, or gives the answer of the first time.
   *
   * @param before the same call as it was kept when the keys of stores were still the program's;
   *     null when its key is not a store's
   * @return failed with {@link KeyReusedException} when the key stands for something else
   */
  public Future<Answer> once(
      Call call, @Nullable Call before, Function<SqlClient, Future<Answer>> work) {
    return connections
        .inTransaction(
            transaction ->
                transaction
                    .preparedQuery(CLAIM)
                    .execute(Tuple.of(call.programId(), call.key(), call.fingerprint()))
                    .compose(
                        claimed ->
                            claimed.rowCount() == 1
                                ? earlier(transaction, before)
                                    .compose(none -> first(transaction, call, work))
                                : replay(transaction, call)))
        .recover(
            cause ->
                cause instanceof RefusedException refused
                    ? Future.succeededFuture(refused.answer)
                    : Future.failedFuture(cause));
  }

  /** Forgets answers older than 30 days, at most 10,000 at once. */
  public Future<Void> forgetOld() {
    return connections.write(FORGET, Tuple.tuple()).mapEmpty();
  }

  private static Future<Answer> first(
      SqlClient transaction, Call call, Function<SqlClient, Future<Answer>> work) {
    return work.apply(transaction)
        .compose(
            answer -> {
              if (answer.status() >= 400) {
                return Future.failedFuture(new RefusedException(answer));
              }
              Buffer sealed = Buffer.buffer(call.seal().close(answer.body().getBytes()));
              return transaction
                  .preparedQuery(KEEP)
                  .execute(Tuple.of(call.programId(), call.key(), (short) answer.status(), sealed))
                  .map(kept -> answer);
            });
  }

  private static Future<Answer> replay(SqlClient transaction, Call call) {
    return find(transaction, call)
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(new KeyReusedException())));
  }

  /** Fails with the answer when the call was answered before, so that its claim is undone. */
  private static Future<Void> earlier(SqlClient transaction, @Nullable Call before) {
    return before == null
        ? Future.succeededFuture()
        : find(transaction, before)
            .compose(
                found ->
                    found
                        .map(it -> Future.<Void>failedFuture(new RefusedException(it)))
                        .orElseGet(Future::succeededFuture));
  }

  /** The first answer; empty when the key was not used, or by another caller or content. */
  private static Future<Optional<Answer>> find(SqlClient transaction, Call call) {
    return transaction
        .preparedQuery(FIRST)
        .execute(Tuple.of(call.programId(), call.key()))
        .map(rows -> rows.stream().findFirst().map(row -> answer(row, call)));
  }

  private static @Nullable Answer answer(Row row, Call call) {
    byte[] body = call.seal().open(row.getBuffer("sealed_answer").getBytes());
    return body == null || !row.getUUID("fingerprint").equals(call.fingerprint())
        ? null
        : new Answer(row.getInteger("status"), Buffer.buffer(body), true);
  }
}
