package points.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import points.cluster.timing.PollingLoop;
import points.ledger.database.PgClient;

/**
 * Follows the API keys that were revoked of late, by reading the database four times a second.
 *
 * <p>So every node knows of a revocation within a second, even if messages between nodes are lost.
 * A reading that failed is repeated after the same pause, to keep that promise after an outage.
 */
final class Revocations {

  private static final long PERIOD_MS = 250;

  /** Longest transaction of a revocation, which is dated at its begin and visible at its end. */
  private static final Duration TRANSACTION_MAX = Duration.ofMinutes(1);

  /** Time for which a revocation is remembered: longer than a node remembers a credential. */
  private static final Duration REMEMBERED = ApiKeys.SEEN_MAX.multipliedBy(2);

  private static final String SINCE =
      """
      SELECT now() AS at, ARRAY(SELECT key_id FROM api_key WHERE revoked_at > $1) AS revoked
      """;

  private final PgClient connections;
  private final Consumer<Set<String>> onRevoked;
  private final PollingLoop readings;
  private final Cache<String, Boolean> revoked =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(REMEMBERED).build();
  private volatile OffsetDateTime since = OffsetDateTime.now(ZoneOffset.UTC).minus(REMEMBERED);

  /**
   * @param onRevoked gets the ids of keys that were found revoked, each once
   */
  Revocations(Vertx vertx, PgClient connections, Consumer<Set<String>> onRevoked) {
    this.connections = connections;
    this.onRevoked = onRevoked;
    this.readings = new PollingLoop(PollingLoop.pausesOf(vertx, PERIOD_MS), "revocations");
  }

  /** Starts to read. */
  void start() {
    readings.startNow(() -> look().map(false));
  }

  /** Reads no more; completes when the last reading has ended. */
  Future<Void> stop() {
    return readings.stop();
  }

  private Future<Void> look() {
    return connections
        .read(SINCE, Tuple.of(since))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              since = row.getOffsetDateTime("at").minus(TRANSACTION_MAX);
              take(List.of(row.getArrayOfStrings("revoked")));
              return null;
            });
  }

  /** Adds keys that are revoked for good. */
  void take(List<String> keyIds) {
    Set<String> unheard = new HashSet<>(keyIds);
    unheard.removeIf(this::has);
    if (!unheard.isEmpty()) {
      unheard.forEach(keyId -> revoked.put(keyId, true));
      onRevoked.accept(unheard);
    }
  }

  /** Returns whether the key was revoked of late. */
  boolean has(String keyId) {
    return revoked.getIfPresent(keyId) != null;
  }
}
