package points.ledger.lane;

import java.time.Duration;

/**
 * Limits of a lane.
 *
 * @param commandsMax commands that may wait or be in flight; beyond it commands are turned away
 * @param ageMax longest age of the oldest command; beyond it commands are turned away
 * @param batchMax commands in one batch
 * @param deadline longest time that a caller waits for an answer
 */
public record LaneOptions(int commandsMax, Duration ageMax, int batchMax, Duration deadline) {

  public LaneOptions {
    require(commandsMax >= 1 && commandsMax <= 1_000_000, "commandsMax must be 1 to 1000000");
    require(!ageMax.isNegative() && !ageMax.isZero(), "ageMax must be above 0");
    require(batchMax >= 1 && batchMax <= 5_000, "batchMax must be 1 to 5000");
    require(!deadline.isNegative() && !deadline.isZero(), "deadline must be above 0");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
