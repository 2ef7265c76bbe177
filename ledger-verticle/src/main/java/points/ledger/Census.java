package points.ledger;

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
import points.ledger.Absences.Absence;
import points.ledger.lane.Certainty;
import points.ledger.store.LaneSessions;

/**
 * Counts who writes to the ledger, by the sessions of the lanes, once a second. A node that writes
 * and is not in this one's cluster (it is cut off, or was never in it) decides on members unseen. A
 * node that is missing and has no session any more is dead, or as good as dead.
 */
final class Census implements Certainty {

  private static final Logger LOG = LoggerFactory.getLogger(Census.class);
  private static final long PERIOD_MS = Duration.ofSeconds(1).toMillis();
  private static final long NOTE_PERIOD_MS = 100;

  private final Peers peers;
  private final LaneSessions sessions;
  private final BooleanSupplier databaseWell;
  private final InstantSource time;
  private final Absences absences = new Absences();
  private final AtomicLong lastCertain;
  private volatile Supplier<Future<Void>> forget = Future::succeededFuture;
  private volatile boolean forgetting;
  private volatile boolean counting;
  private volatile boolean strangers = true; // until they are counted

  Census(Peers peers, LaneSessions sessions, BooleanSupplier databaseWell, InstantSource time) {
    this.peers = peers;
    this.sessions = sessions;
    this.databaseWell = databaseWell;
    this.time = time;
    this.lastCertain = new AtomicLong(time.millis());
  }

  /**
   * Counts from now on, until Vert.x is closed.
   *
   * @param forget has the cluster forget all members
   */
  void begin(Vertx vertx, Supplier<Future<Void>> forget) {
    this.forget = forget;
    vertx.setPeriodic(0, PERIOD_MS, id -> count());
    vertx.setPeriodic(NOTE_PERIOD_MS, id -> note());
  }

  private void count() {
    if (counting) {
      strangers = true; // the database is slow to say who writes
      return;
    }
    counting = true;
    Set<String> missing = peers.missing(); // before those who write are looked for
    sessions
        .nodes()
        .onComplete(counted -> counting = false)
        .onSuccess(writing -> counted(missing, writing))
        .onFailure(cause -> strangers = true); // nobody knows who writes
  }

  private void counted(Set<String> missing, Set<String> writing) {
    boolean seen = !peers.present().containsAll(writing);
    if (seen != strangers) {
      LOG.info(
          "nodes outside of this cluster {} the ledger", seen ? "write to" : "do not write to");
    }
    strangers = seen;
    for (String node : absences.count(missing, writing)) {
      LOG.info("node {} writes no more and is not waited for", node);
      peers.declareDead(node);
    }
    forgetFor(absences.toForget());
  }

  private void forgetFor(List<Absence> absent) {
    if (absent.isEmpty() || forgetting) {
      return;
    }
    forgetting = true;
    forget
        .get()
        .onComplete(done -> forgetting = false)
        .onSuccess(done -> absent.forEach(Absence::forgotten))
        .onFailure(cause -> LOG.warn("hot states not forgotten: {}", cause.toString()));
  }

  private void note() {
    if (isCertain()) {
      lastCertain.set(time.millis());
    }
  }

  @Override
  public boolean isCertain() {
    return peers.isConverged() && !strangers && databaseWell.getAsBoolean();
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
  public Instant lastCertain() {
    return Instant.ofEpochMilli(lastCertain.get());
  }

  @Override
  public boolean databaseAnswers() {
    return databaseWell.getAsBoolean();
  }
}
