package points.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.database.PgClient;

/**
 * The API keys that carry no check, in memory as the beginnings of their hashes.
 *
 * <p>They are keys from before there were checks, and keys that the operator chose. They are read
 * once at the start; a key that is put into the database later is added when it is found there.
 */
final class UncheckedKeys {

  private static final Logger LOG = LoggerFactory.getLogger(UncheckedKeys.class);

  /** Greatest number of keys, about 60 bytes each. Others are looked up with the unknown keys. */
  private static final int KEYS_MAX = 200_000;

  private static final int PAGE = 5_000;

  private static final String PAGE_OF_HASHES =
      """
      SELECT key_hash FROM api_key
       WHERE NOT checkable AND revoked_at IS NULL AND key_hash > $1
       ORDER BY key_hash LIMIT $2
      """;

  private final PgClient connections;
  private final Set<Long> beginnings = ConcurrentHashMap.newKeySet();

  UncheckedKeys(PgClient connections) {
    this.connections = connections;
  }

  /** Reads all keys without a check, up to the limit. */
  Future<Void> load() {
    return load(Buffer.buffer());
  }

  private Future<Void> load(Buffer after) {
    return connections.read(PAGE_OF_HASHES, Tuple.of(after, PAGE)).compose(this::take);
  }

  private Future<Void> take(RowSet<Row> page) {
    Buffer last = Buffer.buffer();
    for (Row row : page) {
      last = row.getBuffer("key_hash");
      add(last);
    }
    if (beginnings.size() >= KEYS_MAX) {
      LOG.warn(
          "more than {} API keys without a check, the others are looked up as slowly as unknown"
              + " keys: replace old keys by new ones",
          KEYS_MAX);
      return Future.succeededFuture();
    }
    return page.size() < PAGE ? Future.succeededFuture() : load(last);
  }

  /** Adds the hash of a key that the database has, or is about to have. */
  void add(Buffer hash) {
    if (beginnings.size() < KEYS_MAX) {
      beginnings.add(hash.getLong(0));
    }
  }

  /** Returns whether the database may have a key with this hash. */
  boolean mayHave(Buffer hash) {
    return beginnings.contains(hash.getLong(0));
  }
}
