package points.load.bench.client;

import org.jspecify.annotations.Nullable;

/** The requests of a load; called by several threads. */
public interface RequestSource {
  /** Returns the next request of a connection, all of which have numbers; null without any left. */
  @Nullable Request next(long connection);
}
