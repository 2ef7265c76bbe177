package points.ledger.lane;

import java.time.Instant;

/**
 * Whether what the nodes remember together of members is what was last committed. It is not while a
 * node is silent, missing or back from a split, while somebody else writes to the same ledger, or
 * while the database does not answer.
 */
public interface Certainty {

  boolean isCertain();

  /** When it last was. */
  Instant lastCertain();

  /** Whether it makes sense to ask the database. */
  boolean databaseAnswers();
}
