package points.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import points.ledger.store.Connections;

/**
 * The API keys. The database has only their hashes; keys that were seen are kept in memory, by
 * hash, until they are revoked. A revocation is told to every node.
 */
public final class ApiKeys {

  /**
   * A key to be made.
   *
   * @param storeId the store it is bound to; needed for role {@code store}
   */
  public record NewKey(String programId, String name, Role role, @Nullable String storeId) {}

  /** The longest a revoked key can work on a node that was not told of it. */
  private static final Duration SEEN_MAX = Duration.ofMinutes(5);

  private static final String REVOKED = "points.access.keys.revoked";

  private static final String INSERT =
      """
      INSERT INTO api_key (key_id, program_id, key_hash, name, role, store_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now()))
      RETURNING key_id, name, role, store_id, created_at, revoked_at
      """;

  private static final String FIND =
      """
      SELECT key_id, program_id, role, store_id FROM api_key
       WHERE key_hash = $1 AND revoked_at IS NULL
      """;

  private static final String PAGE =
      """
      SELECT key_id, name, role, store_id, created_at, revoked_at FROM api_key
       WHERE program_id = $1 AND key_id > $2
       ORDER BY key_id LIMIT $3
      """;

  private static final String ROLE =
      "SELECT role FROM api_key WHERE program_id = $1 AND key_id = $2";

  /** Two operators who revoke each other's key at once come one after the other. */
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

  /** What became of a revocation. */
  public enum Revocation {
    DONE,
    /** The program has no such key. */
    NOT_FOUND,
    /** Only an operator ends an operator's key. */
    OPERATORS_ONLY,
    /** Nobody would be left who can make programs and operators' keys. */
    LAST_OPERATOR
  }

  private final Vertx vertx;
  private final Connections connections;
  private final Cache<Buffer, Credential> seen =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(SEEN_MAX).build();

  /** Goes up with every revocation that this node learns of. */
  private final AtomicLong revocations = new AtomicLong();

  public ApiKeys(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.connections = new Connections(pool);
    vertx.eventBus().<String>consumer(REVOKED, revoked -> forget(revoked.body()));
  }

  /** Whose key this is; empty when it is nobody's or was revoked. */
  public Future<Optional<Credential>> find(String key) {
    Buffer hash = Buffer.buffer(Secrets.hash(key));
    Credential credential = seen.getIfPresent(hash);
    if (credential != null) {
      return Future.succeededFuture(Optional.of(credential));
    }
    long before = revocations.get();
    return connections
        .read(FIND, Tuple.of(hash))
        .map(
            rows -> {
              Optional<Credential> found = rows.stream().map(ApiKeys::credential).findFirst();
              found.ifPresent(it -> remember(hash, it, before));
              return found;
            });
  }

  /** A key may be revoked while it is read: then what was read is not kept. */
  private void remember(Buffer hash, Credential credential, long before) {
    seen.put(hash, credential);
    if (revocations.get() != before) {
      seen.invalidate(hash);
    }
  }

  /** Stores a new key's hash, in the caller's transaction. */
  public Future<ApiKey> create(SqlClient transaction, NewKey wanted, String key) {
    return transaction
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                Secrets.newKeyId(),
                wanted.programId(),
                Buffer.buffer(Secrets.hash(key)),
                wanted.name(),
                wanted.role().label(),
                wanted.storeId()))
        .map(rows -> apiKey(rows.iterator().next()));
  }

  /**
   * The program's keys, revoked ones included.
   *
   * @param after only those after this id
   * @param limit at most so many
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

  /** Ends a key of the caller's program at once and for good. */
  public Future<Revocation> revoke(Credential caller, String keyId) {
    return connections
        .inTransaction(transaction -> revoke(transaction, caller, keyId))
        .onComplete(
            done -> { // also when it failed: it may have been done
              forget(keyId);
              vertx.eventBus().publish(REVOKED, keyId);
            });
  }

  private Future<Revocation> revoke(SqlClient transaction, Credential caller, String keyId) {
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
                return end(transaction, key);
              } else if (caller.role() != Role.OPERATOR) {
                return Future.succeededFuture(Revocation.OPERATORS_ONLY);
              }
              return revokeOperator(transaction, key);
            });
  }

  private Future<Revocation> revokeOperator(SqlClient transaction, Tuple key) {
    return transaction
        .query(LOCK_OPERATORS)
        .execute()
        .compose(
            operators ->
                operators.size() == 1
                        && operators.iterator().next().getString("key_id").equals(key.getString(1))
                    ? Future.succeededFuture(Revocation.LAST_OPERATOR)
                    : end(transaction, key));
  }

  private static Future<Revocation> end(SqlClient transaction, Tuple key) {
    return transaction.preparedQuery(REVOKE).execute(key).map(done -> Revocation.DONE);
  }

  private void forget(String keyId) {
    revocations.incrementAndGet();
    seen.asMap().values().removeIf(credential -> credential.keyId().equals(keyId));
  }

  private static Credential credential(Row row) {
    return new Credential(
        row.getString("key_id"),
        row.getString("program_id"),
        Role.of(row.getString("role")),
        row.getString("store_id"));
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
