package points.cluster.hot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hot members of a node that is alone: they stay in its own memory, and it has every lease. Nobody
 * can join it, so nobody else needs them; what is dropped is read from the database.
 */
public final class LoneHotMembers implements HotMembers {

  private final Cache<String, Hot> states;
  private final String node;
  private final HotOptions options;

  /**
   * @param node this node's id
   */
  public LoneHotMembers(String node, HotOptions options) {
    this.node = node;
    this.options = options;
    this.states =
        Caffeine.newBuilder()
            .maximumSize(options.entriesMax())
            .expireAfterAccess(options.idle())
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Future<Map<String, Taken>> take(Collection<String> keys) {
    Instant until = Instant.now().plus(options.lease());
    var taken = new HashMap<String, Taken>();
    keys.forEach(key -> taken.put(key, new Taken(true, node, until, states.getIfPresent(key))));
    return Future.succeededFuture(taken);
  }

  @Override
  public Future<Void> publish(Map<String, Hot> newest) {
    newest.forEach((key, hot) -> states.asMap().merge(key, hot, LoneHotMembers::newer));
    return Future.succeededFuture();
  }

  private static Hot newer(Hot known, Hot published) {
    return published.sequence() > known.sequence() ? published : known;
  }

  @Override
  public Future<Optional<Hot>> read(String key) {
    return Future.succeededFuture(Optional.ofNullable(states.getIfPresent(key)));
  }

  /** Nobody else would take them. */
  @Override
  public Future<Void> giveUp(Collection<String> keys) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> forget(String key) {
    states.invalidate(key);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> clear() {
    states.invalidateAll();
    return Future.succeededFuture();
  }
}
