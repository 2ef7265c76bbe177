package points.ledger;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import points.cluster.timing.StartedParts;
import points.cluster.timing.Timers;
import points.ledger.forward.CommandInbox;
import points.ledger.lane.Lane;
import points.ledger.lane.Lanes;
import points.ledger.store.PgBatchWriter;

/** A lane on an event loop, with its own connection to the database. */
final class LedgerVerticle extends VerticleBase {

  private static final long TICK_MS = 20;
  private static final long DRAIN_GRACE_MS = 1_000;

  private final Lanes lanes;
  private final CommandInbox inbox;
  private final String node;
  private final LedgerOptions options;
  private final StartedParts parts = new StartedParts();

  /**
   * @param node the id of the node that the lane belongs to
   */
  LedgerVerticle(Lanes lanes, CommandInbox inbox, String node, LedgerOptions options) {
    this.lanes = lanes;
    this.inbox = inbox;
    this.node = node;
    this.options = options;
  }

  @Override
  public Future<?> start() {
    var writer =
        new PgBatchWriter(
            vertx, node, options.database(), options.statementTimeout(), lanes::forgetStates);
    Lane lane = lanes.open(task -> context.runOnContext(nothing -> task.run()), writer);
    parts.add(writer::close);
    var ticks = new Timers(vertx);
    parts.add(
        () -> {
          ticks.stop();
          return Future.succeededFuture();
        });
    parts.add(() -> lane.stop().timeout(drainMsMax(), TimeUnit.MILLISECONDS));
    ticks.every(TICK_MS, lane::tick);
    return parts.stopUnlessStarted(inbox.open(vertx));
  }

  private long drainMsMax() {
    return options.lane().deadline().toMillis() + DRAIN_GRACE_MS;
  }

  /**
   * Answers what was taken on, then closes the connection. Then Vert.x ends the inbox, which
   * belongs to this verticle.
   */
  @Override
  public Future<?> stop() {
    return parts.stop();
  }
}
