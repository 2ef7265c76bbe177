package points.ledger.award;

import java.time.Instant;
import points.ledger.rules.Fraction;

/**
 * The facts of a member that rule books look at and that its own orders change.
 *
 * @param hasBought whether it has had an order, however that was undone since
 * @param carry the remainder of rounding that its next order starts with; below 0 when a refund has
 *     taken back a part that a later order has used
 */
public record EarningFacts(boolean hasBought, Fraction carry, CapUses capUses) {

  /** A member that has just been enrolled. */
  public static final EarningFacts FRESH = new EarningFacts(false, Fraction.ZERO, CapUses.NONE);

  /**
   * Returns the facts after an entry.
   *
   * @param buys whether the entry is an order
   * @param recordedAt when it was decided on
   */
  public EarningFacts after(FactsChange change, boolean buys, Instant recordedAt) {
    boolean bought = hasBought || buys || change.bought();
    if (change.isNone()) {
      return bought == hasBought ? this : new EarningFacts(bought, carry, capUses);
    }
    return new EarningFacts(
        bought, carry.plus(change.carried()).reduced(), capUses.plus(change.capUses(), recordedAt));
  }

  /** Returns the change by which another member gets all of this. */
  public FactsChange whole() {
    return new FactsChange(hasBought, carry, capUses.all());
  }
}
