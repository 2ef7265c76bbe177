package points.ledger.award;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.RecentOrders;
import points.ledger.rules.Fraction;
import points.ledger.tier.TierFacts;

/**
 * The facts of a member that rule books look at and that its own orders change.
 *
 * @param hasBought whether it has had an order, however that was undone since
 * @param carry the remainder of rounding that its next order starts with; below 0 when a refund has
 *     taken back a part that a later order has used
 * @param tierFacts see {@link #tier}; null for none
 * @param recentOrders see {@link #recent}; null for none
 */
public record EarningFacts(
    boolean hasBought,
    Fraction carry,
    CapUses capUses,
    @Nullable TierFacts tierFacts,
    @Nullable RecentOrders recentOrders) {

  /** A member that has just been enrolled. */
  public static final EarningFacts FRESH = new EarningFacts(false, Fraction.ZERO, CapUses.NONE);

  /** A member of which no tier is known. */
  public EarningFacts(boolean hasBought, Fraction carry, CapUses capUses) {
    this(hasBought, carry, capUses, null, null);
  }

  /** Returns the facts by which the member has a tier. */
  public TierFacts tier() {
    return tierFacts == null ? TierFacts.NONE : tierFacts;
  }

  /** Returns the orders that limits against abuse count. */
  public RecentOrders recent() {
    return recentOrders == null ? RecentOrders.NONE : recentOrders;
  }

  /** Returns whether no order has left anything that it may take back. */
  public boolean isPlain() {
    return carry.isZero() && capUses.all().isEmpty() && tier().months().isEmpty();
  }

  /**
   * Returns the facts after an entry.
   *
   * @param buys whether the entry is an order
   * @param recordedAt when it was decided on
   */
  public EarningFacts after(FactsChange change, boolean buys, Instant recordedAt) {
    boolean bought = hasBought || buys || change.bought();
    if (change.ofMember().isNone()) {
      return bought == hasBought
          ? this
          : new EarningFacts(bought, carry, capUses, tierFacts, recentOrders);
    }
    TierFacts tiers = tier().after(change.tier(), recordedAt);
    RecentOrders recent = recent().plus(change.recent(), recordedAt);
    return new EarningFacts(
        bought,
        carry.plus(change.carried()).reduced(),
        capUses.plus(change.capUses(), recordedAt),
        tiers.equals(TierFacts.NONE) ? null : tiers,
        recent.all().isEmpty() ? null : recent);
  }

  /** Returns the change by which another member gets all of this but its latest orders. */
  public FactsChange whole() {
    return new FactsChange(hasBought, carry, capUses.all(), tier().whole());
  }
}
