package points.ledger.held;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import points.ledger.feed.FeedConsumer;

/** Counts the orders of tills, of the people there and of stores, and lists those that are held. */
public final class LimitCounts {

  private static final String NAME = "limits";
  private static final String COUNT = "SELECT count_limits($1, $2)";

  private final FeedConsumer consumer;
  private final MeterRegistry meters;

  public LimitCounts(Vertx vertx, Pool feed, MeterRegistry meters) {
    this.consumer = new FeedConsumer(vertx, feed, NAME, LimitCounts::count);
    this.meters = meters;
  }

  /** Follows the feed from now on. */
  public void start() {
    consumer.start(meters);
  }

  /** Completes when nothing is under way any more. */
  public Future<Void> stop() {
    return consumer.stop();
  }

  private static Future<Void> count(SqlClient transaction, long after, long upTo) {
    return transaction.preparedQuery(COUNT).execute(Tuple.of(after, upTo)).mapEmpty();
  }
}
