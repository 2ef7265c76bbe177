package points.ledger.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.CapUse;
import points.ledger.award.FactsChange;
import points.ledger.book.CapsReturn;
import points.ledger.book.Growth;
import points.ledger.budget.Budgets;
import points.ledger.command.EntryHistory;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.OrderPart;
import points.ledger.rules.Fraction;
import points.ledger.rules.ProRata;
import points.ledger.tier.Measured;
import points.ledger.tier.TierChange;

/**
 * The part of a sale's {@link FactsChange} that comes back with it: room under caps and in budgets,
 * and remainders.
 *
 * <p>Example: a promotion with a cap of 100 points a day gave 60 for an order. Half of the order
 * comes back on that day: 30 of the cap are free again. If it comes back on the next day, nothing
 * is free, unless the book says {@link CapsReturn#ALWAYS}.
 *
 * <p>As with points, all that has come back counts together, so that any pieces equal the whole.
 */
public final class ReturnedFacts {

  private final Entry sale;

  private ReturnedFacts(Entry sale) {
    this.sale = sale;
  }

  /** Returns the order's sale that a rule book rated; empty when there is none that stands. */
  static Optional<ReturnedFacts> of(List<Entry> sales) {
    return sales.stream()
        .filter(
            it -> it.kind().is(EntryTrait.MOVABLE) && (isPaid(it) || !it.factsChange().isNone()))
        .findFirst()
        .map(ReturnedFacts::new);
  }

  private static boolean isPaid(Entry sale) {
    return sale.awarded() != null && !sale.awarded().paid().isEmpty();
  }

  /** Returns the change that a refund makes. */
  public static FactsChange by(
      RefundableOrder order, Returned after, Instant now, Budgets budgets) {
    return of(order.sales())
        .filter(it -> !order.history().isCancelled(it.sale))
        .map(it -> it.between(order.returned(), after, now, budgets))
        .orElse(FactsChange.NONE);
  }

  /** Returns the change by which all that is left of an order's sale is cancelled. */
  public static FactsChange rest(EntryHistory history, Instant now, Budgets budgets) {
    RefundableOrder order = RefundableOrder.of(history, OrderPart.GOODS);
    return of(order.sales())
        .map(it -> it.between(order.returned(), null, now, budgets))
        .orElse(FactsChange.NONE);
  }

  /** Returns the change by which an entry of which nothing has come back is undone. */
  public static FactsChange whole(Entry entry, Instant now, Budgets budgets) {
    FactsChange change = entry.factsChange();
    Awarded awarded = entry.awarded();
    if (awarded == null) {
      return change.negated().charging(ReturnedBudgets.undone(entry, budgets));
    }
    List<CapUse> returned =
        change.capUses().stream().filter(it -> returns(awarded, it, now)).toList();
    return new FactsChange(false, change.carried(), returned, change.tier())
        .negated()
        .charging(
            ReturnedBudgets.of(
                awarded, linesOf(entry), points -> LongStream.of(points).sum(), budgets));
  }

  private static int linesOf(Entry sale) {
    return Math.max(1, sale.lines().size());
  }

  /**
   * Returns the change between two parts of the sale that have come back.
   *
   * @param after null when nothing is left of it
   */
  private FactsChange between(
      Returned before, @Nullable Returned after, Instant now, Budgets budgets) {
    FactsChange change = sale.factsChange();
    Fraction part = (after == null ? Fraction.ONE : after.part()).minus(before.part());
    var uses = new ArrayList<CapUse>(0);
    Awarded awarded = sale.awarded();
    if (awarded != null) {
      for (CappedRule rule : awarded.capped()) {
        long back = used(rule, awarded, after) - used(rule, awarded, before);
        change.capUses().stream()
            .filter(it -> back != 0 && it.rule().equals(rule.id()) && returns(awarded, it, now))
            .forEach(it -> uses.add(new CapUse(it.rule(), it.period(), it.firstDay(), -back)));
      }
    }
    Fraction carried = Fraction.ZERO.minus(change.carried().times(part)).reduced();
    returnsGrowth(before, after, now, uses);
    FactsChange ofMember =
        new FactsChange(false, carried, List.copyOf(uses), measured(before, after));
    return awarded == null
        ? ofMember
        : ofMember.charging(
            ReturnedBudgets.of(
                awarded, linesOf(sale), it -> due(it, after) - due(it, before), budgets));
  }

  /** An order counts under a limit of growth until all of it has come back. */
  private void returnsGrowth(
      Returned before, @Nullable Returned after, Instant now, List<CapUse> uses) {
    Awarded awarded = sale.awarded();
    if (awarded != null && !before.isWhole() && (after == null || after.isWhole())) {
      sale.factsChange().capUses().stream()
          .filter(it -> Growth.isUse(it.rule()) && returns(awarded, it, now))
          .forEach(it -> uses.add(it.negated()));
    }
  }

  private TierChange measured(Returned before, @Nullable Returned after) {
    return TierChange.of(
        sale.factsChange().tier().measured().stream()
            .map(it -> between(it, before, after))
            .filter(it -> it.growth() != 0 || it.visits() != 0 || it.spend() != 0)
            .toList(),
        List.of());
  }

  /** A visit is taken back once all of the order has come back. */
  private Measured between(Measured sold, Returned before, @Nullable Returned after) {
    boolean isWhole = after == null || after.isWhole();
    return new Measured(
        sold.month(),
        due(sold.growth(), before) - due(sold.growth(), after),
        isWhole && !before.isWhole() ? -sold.visits() : 0,
        due(sold.spend(), before) - due(sold.spend(), after));
  }

  private long due(long total, @Nullable Returned returned) {
    return returned == null ? total : returned.due(total, countedShares(sale, total));
  }

  /** Returns the part of each line of a sale in what is measured by the lines that count. */
  static long[] countedShares(Entry sale, long total) {
    if (sale.lines().isEmpty()) {
      return new long[] {total};
    }
    long[] amounts = sale.lines().stream().mapToLong(it -> it.line().amount()).toArray();
    sale.factsChange().tier().uncounted().forEach(it -> amounts[it] = 0);
    return ProRata.of(total, amounts);
  }

  /** Returns the part of a cap that has come back; an order counts once all of it has. */
  private long used(CappedRule rule, Awarded awarded, @Nullable Returned returned) {
    long[] points = rule.pointsOf(awarded.awards(), linesOf(sale));
    long due = due(points, returned);
    return rule.byOrders() ? (due == LongStream.of(points).sum() ? 1 : 0) : due;
  }

  /** Returns the points that have come back of those that lines got. */
  private static long due(long[] points, @Nullable Returned returned) {
    long all = LongStream.of(points).sum();
    return returned == null ? all : returned.due(all, points);
  }

  private static boolean returns(Awarded awarded, CapUse use, Instant now) {
    return switch (awarded.capsReturn()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case SAME_PERIOD -> use.isOn(awarded.dayOf(now));
    };
  }
}
