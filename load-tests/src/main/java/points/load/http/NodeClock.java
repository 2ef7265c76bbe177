package points.load.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The clock of a node that is there for tests, at its management port. */
public final class NodeClock {
  private final Gateway management;

  /**
   * @param management the management port, called like the API
   */
  public NodeClock(Gateway management) {
    this.management = management;
  }

  /** Sets the clock, which goes on from there. */
  public Future<Void> set(Instant instant) {
    return management
        .put("/clock", new JsonObject().put("instant", instant.toString()))
        .compose(
            answer ->
                answer.done()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new UnexpectedAnswerException(
                            "the node's clock cannot be set (start it with POINTS_TEST_CLOCK=true"
                                + " and give its management port): "
                                + answer)));
  }
}
