package points.ledger;

import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import points.cluster.peer.Peers;
import points.cluster.timing.Timers;

/** Announces to the other nodes, ten times a second, whether this node takes commands. */
final class Announcer {

  private static final long PERIOD_MS = 100;

  private final Timers timers;
  private final Peers peers;
  private final BooleanSupplier takesCommands;
  private boolean stopped;

  Announcer(Vertx vertx, Peers peers, BooleanSupplier takesCommands) {
    this.timers = new Timers(vertx);
    this.peers = peers;
    this.takesCommands = takesCommands;
  }

  void start() {
    timers.every(PERIOD_MS, this::announce);
  }

  private synchronized void announce() {
    if (!stopped) { // the last word is that of stop
      peers.announce(takesCommands.getAsBoolean());
    }
  }

  /** Announces that this node takes no more commands. */
  synchronized void stop() {
    stopped = true;
    timers.stop();
    peers.announce(false);
  }
}
