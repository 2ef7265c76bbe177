package points.load.fault.check.budget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.finding.Rule;
import points.load.fault.check.finding.Violation;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.history.Call;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.LedgerSnapshot;
import points.load.model.book.RuleBook;
import points.load.model.book.RuleBook.BookInForce;

/**
 * Budgets issue exactly their limit: never a point more, and no order is cut while points are left.
 *
 * <p>The order of commits is not known outside. An order that was cut is judged by the most that
 * can have been issued by then: all that was decided before it was answered, less what was known to
 * be given back before it was decided. If that is less than the limit, something was left.
 */
public final class BudgetRule {
  private BudgetRule() {}

  /**
   * Reports charges to budgets that no book has, or of another store than the order's. A reversal
   * names no store.
   */
  public static void check(@Nullable BookInForce book, MemberHistory member, Findings findings) {
    for (Entry entry : member.entries()) {
      for (BudgetCharge charge : BudgetCharge.of(entry)) {
        String own = entry.origin().storeId();
        String storeId = own == null ? charge.scope() : own;
        boolean isKnown =
            book != null
                && book.book().budgets().stream()
                    .filter(it -> it.id().equals(charge.budgetId()))
                    .anyMatch(it -> it.scope(storeId).equals(charge.scope()));
        if (!isKnown) {
          findings.add("no such budget is there to pay: " + charge, entry);
        }
      }
    }
  }

  /**
   * Returns what is wrong with the budgets of a run.
   *
   * @param began the time of day when the history's clock stood at 0
   */
  public static List<Violation> violations(
      BudgetRun run,
      List<Call> calls,
      LedgerSnapshot ledger,
      Instant began,
      @Nullable BookInForce book) {
    List<Violation> violations = new ArrayList<>();
    run.over().forEach(it -> violations.add(violation(it)));
    for (BudgetRun.Row row : run.rows()) {
      if (row.charged() != null && !row.sums().equals(row.charged())) {
        violations.add(violation("the charges of entries do not add up to " + row));
      }
    }
    for (BudgetRun.Limit limit : run.limits()) {
      long used = run.usedAfter(limit.budgetId(), limit.scope());
      if (used > limit.points() || (limit.drained() && used < limit.points())) {
        violations.add(violation("%d are issued of %s".formatted(used, limit)));
      }
    }
    if (book != null) {
      Acknowledged known = new Acknowledged(calls, began);
      for (BudgetRun.Limit limit : run.limits()) {
        violations.addAll(cutTooEarly(run, limit, ledger.entries(), known, book.book()));
      }
    }
    return violations;
  }

  private static Violation violation(String what) {
    return new Violation(Rule.BUDGETS_END_AT_THEIR_LIMIT, what, List.of(), List.of());
  }

  /** The instants at which keys are known to be done. */
  private static final class Acknowledged {
    private final Map<String, Instant> byKey = new HashMap<>();

    Acknowledged(List<Call> calls, Instant began) {
      for (Call call : calls) {
        if (call.key() != null && call.answer() instanceof RecordedAnswer.Acknowledged) {
          Instant end = began.plusNanos(call.end());
          byKey.merge(call.key(), end, (one, other) -> one.isBefore(other) ? one : other);
        }
      }
    }

    /** The first answer; the end of time when there was none. */
    Instant of(Entry entry) {
      return entry.key() == null ? Instant.MAX : byKey.getOrDefault(entry.key(), Instant.MAX);
    }
  }

  private static List<Violation> cutTooEarly(
      BudgetRun run,
      BudgetRun.Limit limit,
      List<Entry> entries,
      Acknowledged known,
      RuleBook book) {
    TreeMap<Instant, Long> issued = new TreeMap<>();
    TreeMap<Instant, Long> reversed = new TreeMap<>();
    List<Entry> cut = new ArrayList<>();
    for (Entry entry : entries) {
      for (BudgetCharge it : BudgetCharge.of(entry)) {
        if (it.budgetId().equals(limit.budgetId()) && it.scope().equals(limit.scope())) {
          issued.merge(entry.recordedAt(), it.issued(), Long::sum);
          reversed.merge(known.of(entry), it.reversed(), Long::sum);
        }
      }
      if (isCutBy(limit, entry, book)) {
        cut.add(entry);
      }
    }
    addUp(issued);
    addUp(reversed);
    List<Violation> violations = new ArrayList<>();
    long before = run.usedBefore(limit.budgetId(), limit.scope());
    for (Entry entry : cut) {
      long most = before + upTo(issued, known.of(entry)) - upTo(reversed, entry.recordedAt());
      if (most < limit.points()) {
        violations.add(
            new Violation(
                Rule.BUDGETS_END_AT_THEIR_LIMIT,
                "an order was cut when %d at most were issued of %s".formatted(most, limit),
                List.of(),
                List.of(entry)));
      }
    }
    return violations;
  }

  private static boolean isCutBy(BudgetRun.Limit limit, Entry entry, RuleBook book) {
    return entry.kind() == Entry.Kind.ACCRUAL
        && book.budgets().stream()
            .filter(it -> it.id().equals(limit.budgetId()))
            .filter(it -> it.scope(String.valueOf(entry.origin().storeId())).equals(limit.scope()))
            .anyMatch(
                budget ->
                    BudgetCharge.cutRules(entry).stream().anyMatch(it -> book.pays(budget, it)));
  }

  /** Makes each number the sum of all up to it. */
  private static void addUp(NavigableMap<Instant, Long> numbers) {
    long sum = 0;
    for (Map.Entry<Instant, Long> it : numbers.entrySet()) {
      sum += it.getValue();
      it.setValue(sum);
    }
  }

  private static long upTo(NavigableMap<Instant, Long> sums, Instant instant) {
    Map.Entry<Instant, Long> last = sums.floorEntry(instant);
    return last == null ? 0 : last.getValue();
  }
}
