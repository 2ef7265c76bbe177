package points.ledger.award;

import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.RecentOrder;
import points.ledger.budget.BudgetCharge;
import points.ledger.rules.Fraction;
import points.ledger.tier.TierChange;

/**
 * The change by an entry of what rule books count: a member's {@link EarningFacts}, and budgets.
 *
 * @param bought whether orders of another member are its orders now
 * @param carried the amount added to the carry; below 0 when it is taken from it
 * @param capUses changes of the uses of caps
 * @param tierChange see {@link #tier}; null for none
 * @param charges to budgets of the program
 * @param recent orders that limits against abuse count from now on
 */
public record FactsChange(
    boolean bought,
    Fraction carried,
    List<CapUse> capUses,
    @Nullable TierChange tierChange,
    List<BudgetCharge> charges,
    List<RecentOrder> recent) {

  public static final FactsChange NONE =
      new FactsChange(false, Fraction.ZERO, List.of(), null, List.of(), List.of());

  public FactsChange {
    tierChange = tierChange == null || tierChange.isNone() ? null : tierChange;
  }

  /** A change of a member's facts alone. */
  public FactsChange(
      boolean bought, Fraction carried, List<CapUse> capUses, @Nullable TierChange tierChange) {
    this(bought, carried, capUses, tierChange, List.of(), List.of());
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
    return !bought
        && carried.isZero()
        && capUses.isEmpty()
        && tierChange == null
        && charges.isEmpty()
        && recent.isEmpty();
  }

  /** Returns the same with another change of the tier. */
  public FactsChange with(TierChange other) {
    return new FactsChange(bought, carried, capUses, other, charges, recent);
  }

  /** Returns the same change without what it takes from budgets or gives back to them. */
  public FactsChange ofMember() {
    return charges.isEmpty()
        ? this
        : new FactsChange(bought, carried, capUses, tierChange, List.of(), recent);
  }

  /** Returns the same change with these charges to budgets. */
  public FactsChange charging(List<BudgetCharge> some) {
    return some.isEmpty()
        ? this
        : new FactsChange(bought, carried, capUses, tierChange, some, recent);
  }

  /** Returns the same change with orders that limits against abuse count. */
  public FactsChange remembering(List<RecentOrder> orders) {
    return orders.isEmpty()
        ? this
        : new FactsChange(bought, carried, capUses, tierChange, charges, orders);
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
