package points.ledger.award;

import java.util.List;
import points.ledger.rules.Fraction;

/**
 * The change of a member's {@link EarningFacts} by an entry.
 *
 * @param bought whether orders of another member are its orders now
 * @param carried the amount added to the carry; below 0 when it is taken from it
 * @param capUses changes of the uses of caps
 */
public record FactsChange(boolean bought, Fraction carried, List<CapUse> capUses) {

  public static final FactsChange NONE = new FactsChange(false, Fraction.ZERO, List.of());

  public boolean isNone() {
    return !bought && carried.isZero() && capUses.isEmpty();
  }

  /** Returns the change that takes back the carry and the cap uses of this one. */
  public FactsChange negated() {
    return carried.isZero() && capUses.isEmpty()
        ? NONE
        : new FactsChange(
            false, Fraction.ZERO.minus(carried), capUses.stream().map(CapUse::negated).toList());
  }

  /** Returns the opposite, where a member's orders go over to another one with it. */
  public FactsChange mirrored() {
    FactsChange opposite = negated();
    return bought ? new FactsChange(true, opposite.carried(), opposite.capUses()) : opposite;
  }
}
