package points.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import points.ledger.database.PgClient;

/**
 * Looks up keys without a check that this node has never seen.
 *
 * <p>Nearly all of them are invented; one may have been put into the database by hand or by a node
 * of an older version. So they share their queries: many keys in one, one query at a time, and a
 * pause after it, whether it succeeded or not. However many come, the database has ten such queries
 * a second.
 */
final class UnknownKeys {

  private record Waiting(Buffer hash, Promise<Optional<Credential>> found) {}

  private static final int WAITING_MAX = 1_000;
  private static final int AT_ONCE_MAX = 200;
  private static final long PAUSE_MS = 100;

  private static final String FIND_MANY =
      """
      SELECT key_id, name, program_id, role, store_id, key_hash FROM api_key
       WHERE key_hash = ANY($1) AND revoked_at IS NULL
      """;

  private final Vertx vertx;
  private final PgClient connections;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean asking;
  private boolean stopped;

  UnknownKeys(Vertx vertx, PgClient connections) {
    this.vertx = vertx;
    this.connections = connections;
  }

  /**
   * Finds the credential of the key with this hash. Fails with {@link TooManyUnknownKeysException}
   * when it cannot be looked up soon.
   */
  Future<Optional<Credential>> find(Buffer hash) {
    Promise<Optional<Credential>> found = Promise.promise();
    synchronized (waiting) {
      if (stopped || waiting.size() >= WAITING_MAX) {
        return Future.failedFuture(new TooManyUnknownKeysException());
      }
      waiting.add(new Waiting(hash, found));
      if (asking) {
        return found.future();
      }
      asking = true;
    }
    ask();
    return found.future();
  }

  /** Asks no more; the look-up of keys that wait fails. */
  void stop() {
    List<Waiting> left;
    synchronized (waiting) {
      stopped = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(it -> it.found().fail(new TooManyUnknownKeysException()));
  }

  private void ask() {
    List<Waiting> now = next();
    if (now.isEmpty()) {
      return;
    }
    Buffer[] hashes = now.stream().map(Waiting::hash).toArray(Buffer[]::new);
    connections
        .read(FIND_MANY, Tuple.tuple().addArrayOfBuffer(hashes))
        .onSuccess(rows -> answer(now, rows))
        .onFailure(cause -> now.forEach(it -> it.found().fail(cause)))
        .transform(done -> vertx.timer(PAUSE_MS))
        .onComplete(again -> ask());
  }

  private List<Waiting> next() {
    List<Waiting> now = new ArrayList<>();
    synchronized (waiting) {
      while (!waiting.isEmpty() && now.size() < AT_ONCE_MAX) {
        now.add(waiting.remove());
      }
      asking = !now.isEmpty();
    }
    return now;
  }

  private static void answer(List<Waiting> asked, RowSet<Row> rows) {
    Map<Buffer, Credential> found = new HashMap<>();
    rows.forEach(row -> found.put(row.getBuffer("key_hash"), Credential.of(row)));
    asked.forEach(it -> it.found().complete(Optional.ofNullable(found.get(it.hash()))));
  }
}
