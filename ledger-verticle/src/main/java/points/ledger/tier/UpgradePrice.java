package points.ledger.tier;

/**
 * The price of a level, for a time.
 *
 * @param points 1 or more
 * @param months for which it is bought, 1 to {@link TierRules#MONTHS_MAX}
 */
public record UpgradePrice(long points, int months) {

  /** The months of a price that does not say for how long. */
  public static final int MONTHS_UNLESS_SAID = 12;
}
