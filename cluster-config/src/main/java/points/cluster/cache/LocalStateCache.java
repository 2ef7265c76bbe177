package points.cluster.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state cache of a node that runs alone, in its own memory.
 *
 * <p>The node holds every lease. If a state is dropped, it is read from PostgreSQL when it is
 * needed.
 */
public final class LocalStateCache implements StateCache {

  private final Cache<String, CachedState> states;
  private final String node;
  private final CacheOptions options;

  /**
   * @param node this node's id
   */
  public LocalStateCache(String node, CacheOptions options) {
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
  public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
    Instant until = Instant.now().plus(options.lease());
    var taken = new HashMap<String, LeaseResult>();
    keys.forEach(
        key -> taken.put(key, new LeaseResult(true, node, until, states.getIfPresent(key))));
    return Future.succeededFuture(taken);
  }

  @Override
  public Future<Void> publish(Map<String, CachedState> newest) {
    newest.forEach((key, cached) -> states.asMap().merge(key, cached, LocalStateCache::newer));
    return Future.succeededFuture();
  }

  private static CachedState newer(CachedState known, CachedState published) {
    return published.sequence() > known.sequence() ? published : known;
  }

  @Override
  public Future<Optional<CachedState>> read(String key) {
    return Future.succeededFuture(Optional.ofNullable(states.getIfPresent(key)));
  }

  /** Nobody else would take them. */
  @Override
  public Future<Void> release(Collection<String> keys) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> clear() {
    states.invalidateAll();
    return Future.succeededFuture();
  }
}
