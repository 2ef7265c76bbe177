package points.ledger.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import points.ledger.award.Reason;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.Budgets;
import points.ledger.budget.Budgets.Room;
import points.ledger.engine.PaidRules.Paid;

/**
 * Cuts whole points to what is left in budgets, the rule applied last first.
 *
 * <p>Example: 30 points are left for a promotion that gives 50. The order gets 30 of them and its
 * base points, and its charge says that the budget is used up after it. If two promotions draw on
 * one budget, the one that is applied last is cut first.
 *
 * <p>A decision by a budget holds only if nothing is left of it in the end. When the budget of the
 * whole book takes still more from a promotion, the promotion's own budget has decided nothing.
 */
final class BudgetCuts {

  private final Budgets budgets;
  private final String storeId;
  private final Stages stages;

  /** A budget that took something away, or kept its promotions from counting. */
  private final BitSet decided = new BitSet();

  BudgetCuts(Budgets budgets, String storeId, Stages stages) {
    this.budgets = budgets;
    this.storeId = storeId;
    this.stages = stages;
  }

  /**
   * Cuts, and returns the charges.
   *
   * @param withheld the budgets that have ended, and that promotions would have drawn on
   */
  List<BudgetCharge> cut(List<Paid> paid, List<Budget> withheld) {
    long[] rooms = new long[paid.size()];
    for (int i = 0; i < rooms.length; i++) {
      Paid it = paid.get(i);
      decided.set(i, withheld.contains(it.budget()));
      if (decided.get(i) || pointsOf(it) > 0) {
        rooms[i] = roomOf(it.budget());
        take(i, it, rooms[i]);
      }
    }
    var charges = new ArrayList<BudgetCharge>(rooms.length);
    for (int i = 0; i < rooms.length; i++) {
      Budget budget = paid.get(i).budget();
      long points = pointsOf(paid.get(i));
      boolean usedUp = decided.get(i) && points == rooms[i];
      if (points > 0 || usedUp) {
        charges.add(BudgetCharge.issued(budget.id(), budget.scopeOf(storeId), points, usedUp));
      }
    }
    return List.copyOf(charges);
  }

  private long roomOf(Budget budget) {
    Room room = budgets.roomOf(budget, budget.scopeOf(storeId));
    return room.ended() ? 0 : room.points();
  }

  private void take(int place, Paid paid, long room) {
    long beyond = pointsOf(paid) - room;
    for (int stage = stages.end() - 1; stage >= 0 && beyond > 0; stage--) {
      if (paid.pays(stage)) {
        beyond -= stages.take(stage, beyond, Reason.BUDGET);
        decided.set(place);
      }
    }
  }

  private long pointsOf(Paid paid) {
    if (paid.wholeBook()) {
      return stages.points();
    }
    long points = 0;
    for (int stage = paid.stages().nextSetBit(0);
        stage >= 0;
        stage = paid.stages().nextSetBit(stage + 1)) {
      points += stages.points(stage);
    }
    return points;
  }
}
