package points.ledger.lane;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * Whether what the nodes remember together of members is what was last committed. It is not while a
 * node is silent, missing, back from a split, or has committed what the others cannot see; while
 * somebody else writes to the same ledger; or while the database does not answer.
 */
public interface Certainty {

  boolean isCertain();

  /** When it last was. */
  Instant lastCertain();

  /** Whether it makes sense to ask the database. */
  boolean databaseAnswers();

  /**
   * This node has committed what the others cannot see: until {@link #announcePublished}, no node
   * is certain.
   *
   * @return completes when that is so
   */
  Future<Void> announceUnpublished();

  /** The others can see all that this node has committed. */
  void announcePublished();
}
