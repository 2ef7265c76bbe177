package points.cluster.hot;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hot members of a node that is alone: what it publishes is collected for a moment and handed on
 * many at a time, which costs a fraction of handing on every batch by itself. This node sees what
 * it has published at once; nobody else is there to see it later, and nobody can join.
 */
public final class CollectingHotMembers implements HotMembers {

  private static final Logger LOG = LoggerFactory.getLogger(CollectingHotMembers.class);
  private static final long PERIOD_MS = 100;

  /** Past so many, what is published is handed on at once. */
  private static final int COLLECTED_MAX = 20_000;

  private final HotMembers cluster;
  private final Map<String, Hot> collected = new ConcurrentHashMap<>();

  /** What is under way; null when nothing is. */
  private @Nullable Future<Void> handingOn;

  /**
   * Collects until Vert.x is closed. What is collected then is of use to nobody.
   *
   * @param cluster where the states go
   */
  public CollectingHotMembers(Vertx vertx, HotMembers cluster) {
    this.cluster = cluster;
    vertx.setPeriodic(PERIOD_MS, id -> handOn());
  }

  @Override
  public Future<Map<String, Taken>> take(Collection<String> keys) {
    return cluster
        .take(keys)
        .map(
            taken -> {
              var newest = new HashMap<String, Taken>(taken);
              newest.replaceAll((key, found) -> newer(found, collected.get(key)));
              return newest;
            });
  }

  private static Taken newer(Taken found, @Nullable Hot own) {
    return own == null || isNewer(found.hot(), own)
        ? found
        : new Taken(found.granted(), found.holder(), found.until(), own);
  }

  @Override
  public Future<Void> publish(Map<String, Hot> newest) {
    if (collected.size() < COLLECTED_MAX) {
      newest.forEach((key, hot) -> collected.merge(key, hot, CollectingHotMembers::newer));
      return Future.succeededFuture();
    }
    newest.forEach((key, hot) -> collected.computeIfPresent(key, (k, old) -> newer(old, hot)));
    return cluster.publish(newest);
  }

  @Override
  public Future<Optional<Hot>> read(String key) {
    Hot own = collected.get(key);
    return own == null ? cluster.read(key) : Future.succeededFuture(Optional.of(own));
  }

  /** A lease is kept, until it runs out, when the cluster does not take the states. */
  @Override
  public Future<Void> giveUp(Collection<String> keys) {
    return handOnAll().compose(done -> cluster.giveUp(keys));
  }

  @Override
  public Future<Void> forget(String key) {
    collected.remove(key);
    return cluster.forget(key);
  }

  @Override
  public Future<Void> clear() {
    collected.clear();
    return cluster.clear();
  }

  /** All that was published before: what is under way may have begun without the newest of it. */
  private Future<Void> handOnAll() {
    return handOn().transform(done -> handOn());
  }

  /** What was handed on stays collected until the cluster has it, and longer if it has changed. */
  private synchronized Future<Void> handOn() {
    if (handingOn != null) {
      return handingOn;
    }
    if (collected.isEmpty()) {
      return Future.succeededFuture();
    }
    var batch = new HashMap<>(collected);
    Promise<Void> handed = Promise.promise();
    handingOn = handed.future();
    cluster
        .publish(batch)
        .onSuccess(done -> batch.forEach(collected::remove))
        .onFailure(cause -> LOG.warn("{} hot states not handed on yet", batch.size(), cause))
        .onComplete(
            done -> {
              synchronized (this) {
                handingOn = null;
              }
              handed.handle(done);
            });
    return handed.future();
  }

  private static Hot newer(Hot one, Hot other) {
    return isNewer(one, other) ? one : other;
  }

  private static boolean isNewer(@Nullable Hot one, Hot other) {
    return one != null && one.sequence() > other.sequence();
  }
}
