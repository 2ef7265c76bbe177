package points.ledger.cache;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * Decides whether a balance may be served from the shared cache.
 *
 * <p>It may not while the cached state might be outdated:
 *
 * <ul>
 *   <li>a node is silent or missing, merges after a split, or has unpublished commits;
 *   <li>a node outside of this cluster writes to the same ledger;
 *   <li>PostgreSQL does not answer.
 * </ul>
 */
public interface ReadConsistency {

  /** Whether cached states are the last committed ones. */
  boolean mayServeCached();

  /** The last time at which they were. */
  Instant lastConsistentAt();

  /** Whether the lanes of this node reach PostgreSQL, so that it makes sense to read from it. */
  boolean isDatabaseResponsive();

  /**
   * Announces that this node has committed changes which other nodes cannot see. Until {@link
   * #announcePublished}, no node serves cached states.
   *
   * @return completes when no node does any more
   */
  Future<Void> announceUnpublished();

  /** Announces that the other nodes can see everything that this node has committed. */
  void announcePublished();
}
