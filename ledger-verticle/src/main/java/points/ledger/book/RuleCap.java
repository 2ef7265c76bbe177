package points.ledger.book;

/**
 * The most that a promotion may give.
 *
 * @param unit the unit of the caps for a member; the cap for an order is in points
 */
public record RuleCap(Caps caps, Unit unit) {

  public static final RuleCap NONE = new RuleCap(Caps.NONE, Unit.POINTS);

  /** The unit of the caps for a member. */
  public enum Unit {
    /** Points; what is beyond the cap is cut. */
    POINTS,
    /** Orders for which the promotion gave points; beyond the cap it does not count any more. */
    USES
  }
}
