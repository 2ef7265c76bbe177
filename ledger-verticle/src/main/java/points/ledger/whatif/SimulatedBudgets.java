package points.ledger.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.Budget;
import points.ledger.budget.BudgetCharge;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.budget.BudgetTerms;
import points.ledger.budget.Budgets;
import points.ledger.whatif.WhatIfResult.BudgetEnd;

/**
 * The budgets of a program while its orders are decided again, batch after batch.
 *
 * <p>As in the ledger, points that a batch gives back are there from the next batch on, and a
 * budget that stops for good has stopped after the batch that drew the last point.
 */
final class SimulatedBudgets implements Budgets {

  private static final class Drawn {
    private long used;
    private long issued;
    private long reversed;
    private @Nullable Instant stoppedAt;
    private @Nullable Instant endedAt;

    private long left(Budget budget) {
      return Math.max(0, budget.points() - used - issued);
    }
  }

  /** Points that came back to a budget. */
  private record Return(Instant at, BudgetKey key, long points) {}

  /** A statement that writes a batch takes less. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private final String programId;
  private final BudgetTerms terms;
  private final Map<BudgetKey, Drawn> drawn;
  private final Map<BudgetKey, Drawn> touched = new HashMap<>();
  private final ArrayDeque<Return> returns = new ArrayDeque<>();
  private Instant now = Instant.MIN;
  private Set<String> cut = Set.of();
  private Set<String> counted = Set.of();

  SimulatedBudgets(String programId, BudgetTerms terms, Map<BudgetKey, BudgetState> begin) {
    this.programId = programId;
    this.terms = terms;
    this.drawn = begun(terms, begin);
  }

  private static Map<BudgetKey, Drawn> begun(BudgetTerms terms, Map<BudgetKey, BudgetState> begin) {
    var drawn = new HashMap<BudgetKey, Drawn>();
    begin.forEach(
        (key, state) -> {
          Budget budget = terms.find(key.budgetId());
          var of = new Drawn();
          of.used = state.used();
          of.stoppedAt = budget != null && state.hasStopped(budget.points()) ? Instant.MIN : null;
          drawn.put(key, of);
        });
    return drawn;
  }

  private Drawn of(BudgetKey key) {
    return drawn.computeIfAbsent(key, it -> new Drawn());
  }

  /**
   * Sets the instant of the next decision.
   *
   * @param usedUp budgets of which the order got nothing when it was recorded, for want of points.
   *     The ledger did not wait for refunds that were written at the same time, though the feed may
   *     have them first; so what came back in these seconds is not there for the order.
   * @param going budgets of which rules counted for the order when it was recorded. Its node had
   *     not heard yet if they had just stopped.
   */
  void at(Instant instant, Set<String> usedUp, Set<String> going) {
    now = instant;
    cut = usedUp;
    counted = going;
    while (!returns.isEmpty() && returns.element().at().isBefore(now.minus(AT_ONCE))) {
      returns.remove();
    }
  }

  private long unseen(BudgetKey key) {
    return !cut.contains(key.budgetId())
        ? 0
        : returns.stream().filter(it -> it.key().equals(key)).mapToLong(Return::points).sum();
  }

  @Override
  public @Nullable Budget find(String budgetId) {
    return terms.find(budgetId);
  }

  @Override
  public Room roomOf(Budget budget, String scope) {
    Budget ofNow = terms.find(budget.id());
    Budget counting = ofNow == null ? budget : ofNow;
    var key = new BudgetKey(programId, budget.id(), scope);
    Drawn of = of(key);
    boolean ended =
        of.stoppedAt != null
            && counting.atEnd() == Budget.AtEnd.STOP
            && !(counted.contains(budget.id()) && of.stoppedAt.isAfter(now.minus(AT_ONCE)));
    return ended
        ? new Room(0, true)
        : new Room(Math.max(0, of.left(counting) - unseen(key)), false);
  }

  @Override
  public boolean areThere() {
    return !terms.byId().isEmpty();
  }

  @Override
  public boolean runs(String budgetId) {
    return terms.runs(budgetId, now);
  }

  /** Charges what an entry draws or gives back. */
  void charge(List<BudgetCharge> charges) {
    for (BudgetCharge it : charges) {
      var key = new BudgetKey(programId, it.budgetId(), it.scope());
      Drawn of = of(key);
      of.issued += it.issued();
      of.reversed += it.reversed();
      touched.put(key, of);
      if (it.reversed() > 0) {
        returns.add(new Return(now, key, it.reversed()));
      }
      Budget budget = terms.find(it.budgetId());
      if (of.endedAt == null && it.issued() > 0 && budget != null && of.left(budget) == 0) {
        of.endedAt = now;
      }
    }
  }

  /** Ends a batch. */
  void endBatch() {
    touched.forEach(
        (key, of) -> {
          Budget budget = terms.find(key.budgetId());
          boolean stops =
              budget != null
                  && budget.atEnd() == Budget.AtEnd.STOP
                  && of.issued > 0
                  && of.used + of.issued >= budget.points();
          of.stoppedAt = stops && of.stoppedAt == null ? now : of.stoppedAt;
          of.used += of.issued - of.reversed;
          of.issued = 0;
          of.reversed = 0;
        });
    touched.clear();
  }

  /** Returns what became of budgets: of this simulation, and of the same with other charges. */
  List<BudgetEnd> ends(SimulatedBudgets before) {
    var keys = new TreeMap<String, BudgetKey>();
    for (SimulatedBudgets it : List.of(before, this)) {
      it.drawn.keySet().forEach(key -> keys.put(key.budgetId() + " " + key.scope(), key));
    }
    var ids = new TreeSet<String>();
    keys.values().forEach(it -> ids.add(it.budgetId()));
    terms.byId().keySet().stream()
        .filter(it -> !ids.contains(it) && runs(it))
        .forEach(it -> keys.put(it + " ", new BudgetKey(programId, it, Budget.WHOLE_PROGRAM)));
    return keys.values().stream()
        .map(
            key -> {
              Budget budget = terms.find(key.budgetId());
              Drawn was = before.drawn.getOrDefault(key, new Drawn());
              Drawn is = drawn.getOrDefault(key, new Drawn());
              return new BudgetEnd(
                  key.budgetId(),
                  key.scope(),
                  budget == null ? null : budget.points(),
                  was.used,
                  is.used,
                  was.endedAt,
                  is.endedAt);
            })
        .toList();
  }
}
