package points.ledger;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import points.cluster.hot.Hot;
import points.cluster.hot.HotMembers;
import points.cluster.hot.Taken;

/** A cluster that knows nothing and keeps nothing: what a node has in the worst case of a split. */
public class NoCluster implements HotMembers {

  @Override
  public Future<Map<String, Taken>> take(Collection<String> keys) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Void> publish(Map<String, Hot> newest) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<Hot>> read(String key) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Void> giveUp(Collection<String> keys) {
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
