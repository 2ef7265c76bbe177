package points.load.bench.client;

import org.jspecify.annotations.Nullable;

/** The requests of a load loop. */
public interface RequestSource {
  /**
   * Returns the next request; null when there is none left.
   *
   * @param stream a number that no other connection has
   */
  @Nullable Request next(long stream);
}
