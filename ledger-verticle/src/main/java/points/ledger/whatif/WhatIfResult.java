package points.ledger.whatif;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a simulation.
 *
 * @param orders orders of the period, all of them
 * @param rated those that the book rated
 * @param refused orders that it would give more points than an account may have; they got none
 * @param members members of whom something was recorded in the period
 * @param earned points of orders
 * @param takenBack points that refunds and the like took back
 * @param topUps top-ups of stored value; rule books do not rate them
 * @param topUpPoints their points
 * @param ordersAtCap orders of which a cap cut points
 * @param rules with those that gave most first
 * @param stores with the greatest differences first
 * @param budgets by their ids
 * @param movers members whose points or tier change
 * @param idle promotions that gave nothing in the period
 */
public record WhatIfResult(
    long orders,
    long rated,
    long refused,
    long members,
    Pair earned,
    Pair takenBack,
    long topUps,
    long topUpPoints,
    Pair ordersAtCap,
    List<Named> rules,
    List<Named> tiers,
    List<Named> stores,
    List<Day> days,
    List<BudgetEnd> budgets,
    Movers movers,
    List<Idle> idle) {

  /** A number as it was recorded, and as it would have been. */
  public record Pair(long before, long after) {
    static final Pair NONE = new Pair(0, 0);

    public Pair plus(long more, long moreAfter) {
      return new Pair(before + more, after + moreAfter);
    }

    public long difference() {
      return after - before;
    }
  }

  /** Points of a rule, a tier or a store. */
  public record Named(String id, Pair points) {}

  /** Points of a day in the book's time zone, less those taken back on it. */
  public record Day(LocalDate day, Pair points) {}

  /**
   * A budget at the end of the period.
   *
   * @param limit null when the book does not name it
   * @param endedAt when nothing was left of it first; null when something was left
   */
  public record BudgetEnd(
      String budgetId,
      String scope,
      @Nullable Long limit,
      long usedBefore,
      long usedAfter,
      @Nullable Instant endedAtBefore,
      @Nullable Instant endedAt) {}

  /**
   * The members whose points or tier change.
   *
   * @param winning the number of members that would have got more
   * @param losing the number of members that would have got less
   * @param changingTier the number of members that would have another tier at the end
   * @param mostWon with the one that wins most first
   * @param mostLost with the one that loses most first
   * @param tierChanges some that change the tier
   */
  public record Movers(
      long winning,
      long losing,
      long changingTier,
      List<Mover> mostWon,
      List<Mover> mostLost,
      List<Mover> tierChanges) {}

  /** A member, with its points and its tier at the end of the period. */
  public record Mover(
      String memberId, Pair points, @Nullable String tierBefore, @Nullable String tierAfter) {}

  /**
   * A promotion that gave nothing.
   *
   * @param lost orders in the sample for which another promotion counted in its stead
   * @param reason the most frequent reason in the sample; null when no order was in it
   */
  public record Idle(String ruleId, long lost, @Nullable String reason) {}

  /** Returns whether nothing at all differs. */
  public boolean isSame() {
    return earned.difference() == 0
        && takenBack.difference() == 0
        && movers.winning() == 0
        && movers.losing() == 0
        && movers.changingTier() == 0
        && rules.stream().allMatch(it -> it.points().difference() == 0)
        && days.stream().allMatch(it -> it.points().difference() == 0)
        && stores.stream().allMatch(it -> it.points().difference() == 0)
        && tiers.stream().allMatch(it -> it.points().difference() == 0)
        && ordersAtCap.difference() == 0
        && budgets.stream().allMatch(it -> it.usedBefore() == it.usedAfter());
  }
}
