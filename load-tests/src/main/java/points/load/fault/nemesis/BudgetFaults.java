package points.load.fault.nemesis;

import java.util.List;
import points.load.fault.budget.Budgets;
import points.load.fault.client.Rush;
import points.load.fault.client.Rush.Earned;
import points.load.fault.client.Workload;
import points.load.fault.process.Node;
import points.load.fault.process.Signal;
import points.load.process.HarnessException;

/** A rush of orders that all draw on one budget. */
final class BudgetFaults {
  private static final int CALLERS = 120;
  private static final int ORDERS = 5_000;
  private static final int BACK = 10;

  private BudgetFaults() {}

  /**
   * Kills a node in the middle of the rush, while points are left. Then ten orders are reversed,
   * and twice as many want their points.
   */
  static void rush(NemesisContext context) {
    Workload workload = context.workload();
    workload.demand(Workload.Demand.READS);
    Rush rush = workload.rush(Budgets.rush("rush", ORDERS), CALLERS);
    rush.awaitEarned(Budgets.RUSH_POINTS / 2);
    Node victim = context.node(1);
    victim.signal(Signal.KILL);
    victim.awaitEnd();
    context.fleet().start();
    List<Earned> earned = rush.awaitAll();
    require(earned, Budgets.RUSH_POINTS);
    earned.subList(0, BACK).forEach(workload::reverse);
    require(workload.rush(Budgets.rush("again", 2 * BACK), BACK).awaitAll(), BACK);
    workload.demand(Workload.Demand.EVERYTHING);
  }

  private static void require(List<Earned> earned, long points) {
    if (earned.size() != points) {
      throw new HarnessException(
          "%d orders got a point of a budget that had %d".formatted(earned.size(), points));
    }
  }
}
