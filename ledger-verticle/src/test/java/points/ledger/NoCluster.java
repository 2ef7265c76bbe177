package points.ledger;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.cluster.cache.StateCache;

/** A cluster that knows nothing and keeps nothing: what a node has in the worst case of a split. */
public class NoCluster implements StateCache {

  @Override
  public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Void> publish(Map<String, CachedState> newest) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<CachedState>> read(String key) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Void> release(Collection<String> keys) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> forget(String key) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> clear() {
    return Future.succeededFuture();
  }
}
