package points.load.replay.receipt;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * The size of the chain whose receipts are made up. Equal plans make equal receipts.
 *
 * @param stores 1 to 10,000
 * @param members 1 to 10,000,000
 * @param receipts 1 to 10,000,000
 * @param until the sales are of the 30 days before this one
 */
public record ChainPlan(int stores, int members, int receipts, long seed, LocalDate until) {
  /** The time zone of the chain's opening hours. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  static final int DAYS = 30;

  /** Refuses numbers out of range by {@link IllegalArgumentException}. */
  public ChainPlan {
    require("stores", stores, 10_000);
    require("members", members, 10_000_000);
    require("receipts", receipts, 10_000_000);
  }

  private static void require(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, not %d".formatted(name, max, value));
    }
  }

  /**
   * Returns the beginning of all receipt numbers. It differs from plan to plan, so receipts of two
   * plans are never taken for the same order.
   */
  String receiptPrefix() {
    return "g"
        + UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8))
            .toString()
            .substring(0, 8)
        + "-";
  }
}
