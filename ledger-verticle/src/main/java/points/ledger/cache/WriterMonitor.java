package points.ledger.cache;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.peer.Peers;
import points.cluster.timing.Timers;
import points.ledger.cache.DeadNodes.Absence;
import points.ledger.database.LaneSessions;

/**
 * Compares the nodes that write to the ledger with the nodes of this cluster, once a second.
 *
 * <p>The lanes' database sessions show which nodes write. A node that writes and is not in this
 * cluster changes members without the notice of the others: it is cut off, or was never in the
 * cluster. While there is one, reads go to PostgreSQL. A missing node without a session is declared
 * dead.
 */
public final class WriterMonitor implements ReadConsistency {

  private static final Logger LOG = LoggerFactory.getLogger(WriterMonitor.class);
  private static final long PERIOD_MS = Duration.ofSeconds(1).toMillis();
  private static final long CONSISTENCY_PERIOD_MS = 100;

  private final Peers peers;
  private final LaneSessions sessions;
  private final InstantSource time;
  private final Timers timers;
  private final DeadNodes deadNodes = new DeadNodes();
  private final AtomicLong lastConsistentAt;
  private volatile BooleanSupplier isDatabaseWell = () -> false; // until the monitor is started
  private volatile Supplier<Future<Void>> clearCache = Future::succeededFuture;
  private volatile boolean clearing;
  private volatile boolean counting;
  private volatile boolean hasUnknownWriters = true; // until the first count

  public WriterMonitor(Vertx vertx, Peers peers, LaneSessions sessions, InstantSource time) {
    this.timers = new Timers(vertx);
    this.peers = peers;
    this.sessions = sessions;
    this.time = time;
    this.lastConsistentAt = new AtomicLong(time.millis());
  }

  /**
   * Starts to count. Until then no cached state is served.
   *
   * @param isDatabaseWell whether PostgreSQL takes the lanes' batches
   * @param clearCache clears the shared cache
   */
  public void start(BooleanSupplier isDatabaseWell, Supplier<Future<Void>> clearCache) {
    this.isDatabaseWell = isDatabaseWell;
    this.clearCache = clearCache;
    timers.every(0, PERIOD_MS, this::count);
    timers.every(CONSISTENCY_PERIOD_MS, this::noteConsistency);
  }

  /** Counts no more. */
  public void stop() {
    timers.stop();
  }

  private void count() {
    if (counting) {
      hasUnknownWriters = true; // PostgreSQL is slow to list the sessions
      return;
    }
    counting = true;
    Set<String> missing = peers.missing(); // before the sessions are listed
    sessions
        .nodes()
        .onComplete(counted -> counting = false)
        .onSuccess(writing -> counted(missing, writing))
        .onFailure(cause -> hasUnknownWriters = true); // the writers are not known
  }

  private void counted(Set<String> missing, Set<String> writing) {
    boolean hasUnknown = !peers.present().containsAll(writing);
    if (hasUnknown != hasUnknownWriters) {
      LOG.info(
          hasUnknown
              ? "nodes outside of this cluster write to the ledger; balances are read from"
                  + " PostgreSQL"
              : "no node outside of this cluster writes to the ledger");
    }
    hasUnknownWriters = hasUnknown;
    for (String node : deadNodes.count(missing, writing)) {
      LOG.info("node {} is missing and has no database session; it is declared dead", node);
      peers.declareDead(node);
    }
    clearCacheFor(deadNodes.toClearCacheFor());
  }

  private void clearCacheFor(List<Absence> absent) {
    if (absent.isEmpty() || clearing) {
      return;
    }
    clearing = true;
    clearCache
        .get()
        .onComplete(done -> clearing = false)
        .onSuccess(done -> absent.forEach(Absence::cacheCleared))
        .onFailure(
            cause ->
                LOG.warn(
                    "shared cache not cleared, so a missing node is not declared dead yet and all"
                        + " nodes read balances from PostgreSQL; this node tries again every"
                        + " second; for longer than a minute see PointsClusterNotWhole in the"
                        + " runbook: {}",
                    cause.toString()));
  }

  private void noteConsistency() {
    if (mayServeCached()) {
      lastConsistentAt.set(time.millis());
    }
  }

  @Override
  public boolean mayServeCached() {
    return peers.isConverged() && !hasUnknownWriters && isDatabaseWell.getAsBoolean();
  }

  @Override
  public Future<Void> announceUnpublished() {
    return peers.announceUnpublished();
  }

  @Override
  public void announcePublished() {
    peers.announcePublished();
  }

  @Override
  public Instant lastConsistentAt() {
    return Instant.ofEpochMilli(lastConsistentAt.get());
  }

  @Override
  public boolean isDatabaseResponsive() {
    return isDatabaseWell.getAsBoolean();
  }
}
