package points.ledger.award;

import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.rules.Fraction;
import points.ledger.tier.TierChange;

/**
 * The change of a member's {@link EarningFacts} by an entry.
 *
 * @param bought whether orders of another member are its orders now
 * @param carried the amount added to the carry; below 0 when it is taken from it
 * @param capUses changes of the uses of caps
 * @param tierChange see {@link #tier}; null for none
 */
public record FactsChange(
    boolean bought, Fraction carried, List<CapUse> capUses, @Nullable TierChange tierChange) {

  public static final FactsChange NONE = new FactsChange(false, Fraction.ZERO, List.of());

  public FactsChange {
    tierChange = tierChange == null || tierChange.isNone() ? null : tierChange;
  }

  /** A change of nothing that tiers look at. */
  public FactsChange(boolean bought, Fraction carried, List<CapUse> capUses) {
    this(bought, carried, capUses, null);
  }

  /** Returns the change of the facts by which the member has a tier. */
  public TierChange tier() {
    return tierChange == null ? TierChange.NONE : tierChange;
  }

  public boolean isNone() {
    return !bought && carried.isZero() && capUses.isEmpty() && tierChange == null;
  }

  /** Returns the same with another change of the tier. */
  public FactsChange with(TierChange other) {
    return new FactsChange(bought, carried, capUses, other);
  }

  /** Returns the same for another member, whose level it may change in another way. */
  public FactsChange unjudged() {
    return with(tier().unjudged());
  }

  /** Returns the change that takes back all but that the member has bought. */
  public FactsChange negated() {
    return new FactsChange(
        false,
        carried.isZero() ? carried : Fraction.ZERO.minus(carried),
        capUses.stream().map(CapUse::negated).toList(),
        tier().negated());
  }

  /** Returns the opposite, where a member's orders go over to another one with it. */
  public FactsChange mirrored() {
    FactsChange opposite = negated();
    return new FactsChange(bought, opposite.carried(), opposite.capUses(), tier().mirrored());
  }
}
