package points.ledger.decide;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import points.ledger.award.CapUse;
import points.ledger.award.OrderFacts;
import points.ledger.award.Usage;
import points.ledger.book.Caps.Period;
import points.ledger.book.Growth;
import points.ledger.book.RuleBook;
import points.ledger.program.Program;
import points.ledger.rules.EarningRule;
import points.ledger.tier.Measured;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierRules;

/** Measures an order: its growth, and what tiers look at. */
final class OrderMeasure {

  private final OrderFacts order;
  private final RuleBook book;
  private final List<Integer> uncounted;
  private final long amount;
  private final Growth.Earned growth;

  /**
   * Measures an order.
   *
   * @param usage of limits on the day of the order
   */
  OrderMeasure(Program program, OrderFacts order, Usage usage) {
    this.order = order;
    this.book = program.book().book();
    List<Integer> excluded = program.book().excludedOf(order);
    this.uncounted = excluded;
    this.amount = amountOf(order, excluded);
    Growth rules = book.growth();
    EarningRule plain = program.terms().growth();
    this.growth =
        rules != null
            ? rules.of(amount, it -> usage.of(it.usedAs(), Period.DAY))
            : new Growth.Earned(plain == null ? 0 : plain.pointsFor(amount), List.of());
  }

  private static long amountOf(OrderFacts order, List<Integer> excluded) {
    return IntStream.range(0, order.lines().size())
        .filter(it -> !excluded.contains(it))
        .mapToLong(it -> order.lines().get(it).amount())
        .sum();
  }

  /** Returns the points of growth that it earns. */
  long growth() {
    return growth.points();
  }

  /** Returns the uses of rules of growth that have a limit. */
  List<CapUse> usesOn(LocalDate day) {
    return growth.limited().stream().map(it -> CapUse.on(day, it.usedAs(), Period.DAY, 1)).toList();
  }

  /** Returns what tiers look at, and the lines that do not count. */
  TierChange change() {
    TierRules tiers = book.tiers();
    if (tiers == null) {
      return TierChange.of(List.of(), growth.points() > 0 ? uncounted : List.of());
    }
    int month = Measured.monthOf(order.occurredAt(), tiers.zone());
    boolean counts = uncounted.size() < order.lines().size();
    return TierChange.of(
        List.of(new Measured(month, growth.points(), counts ? 1 : 0, amount)), uncounted);
  }
}
