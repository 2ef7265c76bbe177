package points.ledger;

import java.time.Duration;
import points.ledger.database.Database;
import points.ledger.lane.LaneOptions;

/**
 * The settings of the ledger.
 *
 * @param database where it writes
 * @param lanes how many batches may be in flight at once, one a lane; more than the processor has
 *     cores is of no use
 * @param lane the limits of each
 * @param statementTimeout after which the database gives a batch up
 * @param hotMembersMax members whose state a node keeps in memory
 * @param followsUp whether the node carries out what follows from commits; all do, but in tests
 */
public record LedgerOptions(
    Database database,
    int lanes,
    LaneOptions lane,
    Duration statementTimeout,
    int hotMembersMax,
    boolean followsUp) {

  /** A node like any other. */
  public LedgerOptions(
      Database database,
      int lanes,
      LaneOptions lane,
      Duration statementTimeout,
      int hotMembersMax) {
    this(database, lanes, lane, statementTimeout, hotMembersMax, true);
  }

  public LedgerOptions {
    if (lanes < 1 || lanes > 64) {
      throw new IllegalArgumentException("lanes must be 1 to 64, not " + lanes);
    }
    if (hotMembersMax < 1_000) {
      throw new IllegalArgumentException("hotMembersMax must be at least 1000");
    }
  }
}
