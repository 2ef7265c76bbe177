package points.ledger.simulation;

import io.vertx.core.Future;
import java.time.Instant;
import points.ledger.lane.Certainty;

/** In a cluster where entries vanish and old ones come again, a node is never certain of them. */
final class Unsure implements Certainty {

  @Override
  public boolean isCertain() {
    return false;
  }

  @Override
  public Instant lastCertain() {
    return Instant.EPOCH;
  }

  @Override
  public boolean databaseAnswers() {
    return true;
  }

  @Override
  public Future<Void> tellUnsettled() {
    return Future.succeededFuture();
  }

  @Override
  public void tellSettled() {
    // nobody is to know
  }
}
