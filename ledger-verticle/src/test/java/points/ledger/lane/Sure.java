package points.ledger.lane;

import io.vertx.core.Future;
import java.time.Instant;
import points.cluster.cache.StateCache;

/** A cluster of which nothing is in doubt, and from which no lease is had. */
public class Sure implements Certainty {

  /** What these nodes remember together. */
  public static HotCluster of(StateCache members) {
    return new HotCluster(members, new Sure(), (holder, names) -> Future.failedFuture("nobody"));
  }

  @Override
  public boolean isCertain() {
    return true;
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
  public Future<Void> announceUnpublished() {
    return Future.succeededFuture();
  }

  @Override
  public void announcePublished() {
    // nobody is to know
  }
}
