package points.load.bench.client;

import org.jspecify.annotations.Nullable;

/** The requests of a load loop; belongs to one thread. */
public interface RequestSource {
  /**
   * Returns the next request, valid until the next call; null when there is none left.
   *
   * @param stream a number that no other connection has
   */
  @Nullable RequestTemplate next(long stream);
}
