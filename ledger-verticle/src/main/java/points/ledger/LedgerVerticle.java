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
  private @Nullable Lane lane;
  private @Nullable PgBatchWriter writer;

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
    PgBatchWriter own =
        new PgBatchWriter(
            vertx, node, options.database(), options.statementTimeout(), lanes::forgetStates);
    Lane opened = lanes.open(task -> context.runOnContext(nothing -> task.run()), own);
    vertx.setPeriodic(TICK_MS, id -> opened.tick());
    writer = own;
    lane = opened;
    return inbox.open(vertx);
  }

  /** Answers what was taken on, then closes the connection. */
  @Override
  public Future<?> stop() {
    if (lane == null || writer == null) {
      return Future.succeededFuture();
    }
    PgBatchWriter own = writer;
    return lane.stop()
        .timeout(options.lane().deadline().toMillis() + 1_000, TimeUnit.MILLISECONDS)
        .transform(drained -> own.close());
  }
}
