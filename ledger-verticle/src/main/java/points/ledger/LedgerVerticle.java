package points.ledger;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import points.ledger.forward.CommandInbox;
import points.ledger.lane.Lane;
import points.ledger.lane.Lanes;
import points.ledger.store.PgBatchWriter;

/** A lane on an event loop, with its own connection to the database. */
final class LedgerVerticle extends VerticleBase {

  private static final long TICK_MS = 20;

  private final Lanes lanes;
  private final CommandInbox inbox;
  private final String node;
  private final LedgerOptions options;
  private @Nullable OpenLane open;

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
    open = new OpenLane(lane, writer);
    vertx.setPeriodic(TICK_MS, id -> lane.tick());
    return inbox.open(vertx);
  }

  /**
   * Answers what was taken on, then closes the connection. Then Vert.x ends the timer and the
   * inbox, which belong to this verticle.
   */
  @Override
  public Future<?> stop() {
    return open == null
        ? Future.succeededFuture()
        : open.close(options.lane().deadline().toMillis() + 1_000);
  }

  /** A lane and its connection. */
  private record OpenLane(Lane lane, PgBatchWriter writer) {

    Future<Void> close(long drainMsMax) {
      return lane.stop()
          .timeout(drainMsMax, TimeUnit.MILLISECONDS)
          .transform(drained -> writer.close());
    }
  }
}
