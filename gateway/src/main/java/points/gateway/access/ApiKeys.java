package points.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;

/**
 * The API keys of all programs, of which the database has only the hashes.
 *
 * <p>Each node remembers the credentials of keys that it has seen, and the keys that were revoked.
 */
public final class ApiKeys {

  /**
   * A key to be made.
   *
   * @param storeId the store it is bound to; needed for role {@code store}
   */
  public record NewKey(String programId, String name, Role role, @Nullable String storeId) {}

  /** Time for which a node remembers the credential of a key; it learns of a revocation earlier. */
  static final Duration SEEN_MAX = Duration.ofMinutes(5);

  private static final String SECRET = "SELECT secret FROM key_secret";

  private static final String INSERT =
      """
      INSERT INTO api_key (key_id, program_id, key_hash, name, role, store_id, checkable, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, date_trunc('milliseconds', now()))
      RETURNING key_id, name, role, store_id, created_at, revoked_at
      """;

  private static final String PAGE =
      """
      SELECT key_id, name, role, store_id, created_at, revoked_at FROM api_key
       WHERE program_id = $1 AND key_id > $2
       ORDER BY key_id LIMIT $3
      """;

  private static final String ROLE =
      "SELECT role FROM api_key WHERE program_id = $1 AND key_id = $2";

  /** Makes two operators wait for each other when they revoke each other's key at once. */
  private static final String LOCK_OPERATORS =
      """
      SELECT key_id FROM api_key WHERE role = 'operator' AND revoked_at IS NULL
       ORDER BY key_id FOR UPDATE
      """;

  private static final String REVOKE =
      """
      UPDATE api_key SET revoked_at = date_trunc('milliseconds', now())
       WHERE program_id = $1 AND key_id = $2 AND revoked_at IS NULL
      """;

  /** Result of a revocation. */
  public enum Revocation {
    DONE,
    /** The program has no such key. */
    NOT_FOUND,
    /** Only an operator may revoke an operator's key. */
    OPERATORS_ONLY,
    /** No key would be left that can make programs and operators' keys. */
    LAST_OPERATOR
  }

  private final PgClient connections;
  private final KeyForm form;
  private final KeyForm tokens;
  private final UncheckedKeys unchecked;
  private final RememberedKeys remembered;
  private final Revocations revocations;
  private final KeyLookup lookup;

  private ApiKeys(Vertx vertx, PgClient connections, byte[] secret) {
    this.connections = connections;
    this.form = new KeyForm(secret, "pk_");
    this.tokens = new KeyForm(secret, "ps_");
    this.unchecked = new UncheckedKeys(connections);
    this.remembered = new RememberedKeys();
    this.revocations = new Revocations(vertx, connections, remembered::forget);
    this.lookup = new KeyLookup(vertx, connections, form, unchecked, remembered, revocations);
  }

  /**
   * Reads the secret of the checks. Keys are found when they have {@link #start started}.
   *
   * @param pool a pool for this alone, so that keys never wait for other work
   */
  public static Future<ApiKeys> open(Vertx vertx, Pool pool) {
    var connections = new PgClient(pool);
    return connections
        .read(SECRET, Tuple.tuple())
        .map(rows -> rows.iterator().next().getBuffer("secret").getBytes())
        .map(secret -> new ApiKeys(vertx, connections, secret));
  }

  /**
   * Reads which keys carry no check, and begins to follow revocations. To be called when the first
   * key is in the database, whichever node put it there: it may carry none.
   */
  public Future<Void> start() {
    return unchecked.load().onSuccess(loaded -> revocations.start());
  }

  /** Reads nothing any more; completes when nothing is under way. */
  public Future<Void> stop() {
    lookup.stop();
    return revocations.stop();
  }

  /** Returns the form of the tokens of sessions, with the same secret of the checks. */
  public KeyForm tokens() {
    return tokens;
  }

  /** Returns a new key, which has no credential until it is {@link #create created}. */
  public String newKey() {
    return form.next();
  }

  /**
   * Finds the credential of a key; empty when it has none or was revoked.
   *
   * <p>Fails with {@link TooManyUnknownKeysException} when so many unknown keys are sent that this
   * one is not looked up.
   */
  public Future<Optional<Credential>> find(String key) {
    return lookup.find(key);
  }

  /** Returns whether the key was revoked after it was found; known a second later at most. */
  public boolean isRevoked(Credential credential) {
    return revocations.has(credential.id());
  }

  /** Stores a new key's hash, in the caller's transaction. */
  public Future<ApiKey> create(SqlClient transaction, NewKey newKey, String key) {
    Buffer hash = Buffer.buffer(Secrets.hash(key));
    boolean checkable = form.isChecked(key);
    if (!checkable) {
      unchecked.add(hash);
    }
    return transaction
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                Secrets.newKeyId(),
                newKey.programId(),
                hash,
                newKey.name(),
                newKey.role().label(),
                newKey.storeId(),
                checkable))
        .map(rows -> apiKey(rows.iterator().next()));
  }

  /**
   * Returns the program's keys, revoked ones included.
   *
   * @param after returns only keys with a greater id
   * @param limit greatest number of keys
   */
  public Future<List<ApiKey>> page(String programId, String after, int limit) {
    return connections
        .read(PAGE, Tuple.of(programId, after, limit))
        .map(
            rows -> {
              var keys = new ArrayList<ApiKey>();
              rows.forEach(row -> keys.add(apiKey(row)));
              return keys;
            });
  }

  /**
   * Revokes a key of the caller's program at once and for good.
   *
   * @param recorder appends it to the audit trail, in the same transaction
   */
  public Future<Revocation> revoke(
      Credential caller, String keyId, Function<SqlClient, Future<Void>> recorder) {
    return connections
        .inTransaction(transaction -> revoke(transaction, caller, keyId, recorder))
        .onSuccess(
            revocation -> {
              if (revocation == Revocation.DONE) {
                revocations.take(List.of(keyId));
              }
            })
        .onFailure(inDoubt -> remembered.forget(Set.of(keyId)));
  }

  private Future<Revocation> revoke(
      SqlClient transaction,
      Credential caller,
      String keyId,
      Function<SqlClient, Future<Void>> recorder) {
    Tuple key = Tuple.of(caller.programId(), keyId);
    return transaction
        .preparedQuery(ROLE)
        .execute(key)
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return Future.succeededFuture(Revocation.NOT_FOUND);
              }
              Row row = rows.iterator().next();
              if (Role.of(row.getString("role")) != Role.OPERATOR) {
                return end(transaction, key, recorder);
              } else if (!caller.may(Permission.RUN_DEPLOYMENT)) {
                return Future.succeededFuture(Revocation.OPERATORS_ONLY);
              }
              return revokeOperator(transaction, key, recorder);
            });
  }

  private Future<Revocation> revokeOperator(
      SqlClient transaction, Tuple key, Function<SqlClient, Future<Void>> recorder) {
    return transaction
        .query(LOCK_OPERATORS)
        .execute()
        .compose(
            operators ->
                operators.size() == 1
                        && operators.iterator().next().getString("key_id").equals(key.getString(1))
                    ? Future.succeededFuture(Revocation.LAST_OPERATOR)
                    : end(transaction, key, recorder));
  }

  private static Future<Revocation> end(
      SqlClient transaction, Tuple key, Function<SqlClient, Future<Void>> recorder) {
    return transaction
        .preparedQuery(REVOKE)
        .execute(key)
        .compose(
            done ->
                done.rowCount() == 0 // it was revoked before
                    ? Future.succeededFuture()
                    : recorder.apply(transaction))
        .map(done -> Revocation.DONE);
  }

  private static ApiKey apiKey(Row row) {
    OffsetDateTime revoked = row.getOffsetDateTime("revoked_at");
    return new ApiKey(
        row.getString("key_id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("store_id"),
        row.getOffsetDateTime("created_at").toInstant(),
        revoked == null ? null : revoked.toInstant());
  }
}
