package points.load.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import points.load.fault.check.budget.BudgetCharge;
import points.load.fault.check.budget.BudgetRun;
import points.load.fault.history.KeySpace;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.ParkedRefund;

/**
 * Counts rare entries that have no kind of their own. A run proves nothing about cases that did not
 * occur in it.
 */
final class EntryCounts {
  private EntryCounts() {}

  static Map<String, Long> of(LedgerSnapshot ledger, BudgetRun budgets) {
    Map<String, Long> counts = new TreeMap<>();
    List<Entry> entries = ledger.entries();
    counts.put(
        "uncovered", count(entries, it -> isSale(it) && it.extra().detail().containsKey("debt")));
    counts.put(
        "rated by the book",
        count(entries, it -> isSale(it) && it.extra().detail().containsKey(Entry.AWARDED)));
    counts.put(
        "cut by budgets", count(entries, it -> isSale(it) && !BudgetCharge.cutRules(it).isEmpty()));
    counts.put("looks at budgets", budgets.looks());
    counts.put("with metadata", count(entries, it -> !it.extra().metadata().isEmpty()));
    counts.put(
        "by tills", count(entries, it -> it.key() != null && KeySpace.storeOf(it.key()) != null));
    counts.put(
        "refunded elsewhere",
        count(entries, it -> isRefund(it) && it.extra().detail().containsKey("storeId")));
    counts.put(
        "shares of refunds",
        count(entries, it -> isRefund(it) && it.extra().part().contains(" for ")));
    counts.put("parked", (long) ledger.parked().size());
    counts.put("withdrawn", ledger.parked().stream().filter(ParkedRefund::isWithdrawn).count());
    return counts;
  }

  private static boolean isSale(Entry entry) {
    return entry.kind() == Entry.Kind.ACCRUAL;
  }

  private static boolean isRefund(Entry entry) {
    return entry.kind() == Entry.Kind.REFUND;
  }

  private static long count(List<Entry> entries, Predicate<Entry> which) {
    return entries.stream().filter(which).count();
  }
}
