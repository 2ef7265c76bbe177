package points.ledger.abuse;

/**
 * An order as limits count it, however it was undone since.
 *
 * @param paidAt in milliseconds since 1970
 * @param points that it earned
 * @param amount in minor units
 */
public record RecentOrder(long paidAt, long points, long amount) {

  long counted(AbuseLimit.Count count) {
    return switch (count) {
      case ORDERS -> 1;
      case POINTS -> points;
      case AMOUNT -> amount;
      case LATENESS -> 0;
    };
  }
}
