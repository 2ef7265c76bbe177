package points.ledger.whatif;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.award.FactsChange;
import points.ledger.budget.Budgets;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.OrderPart;
import points.ledger.order.OrderRefunds;
import points.ledger.order.OrderShare;
import points.ledger.order.RefundableOrder;
import points.ledger.order.Returned;
import points.ledger.order.ReturnedFacts;
import points.ledger.whatif.SimulatedOrders.SimulatedOrder;

/** Undoes orders that were decided again, as their recorded entries say. */
final class UndoneAgain {

  /**
   * The effect of an entry on its member.
   *
   * @param points given; below 0 when they are taken back
   * @param change of the member's facts, before its tier is judged
   */
  record Effect(long points, FactsChange change) {}

  private final SimulatedOrders orders;
  private final Budgets budgets;
  private final Map<String, Entry> onTheirWay = new HashMap<>(0);

  UndoneAgain(SimulatedOrders orders, Budgets budgets) {
    this.orders = orders;
    this.budgets = budgets;
  }

  /** Returns the effect; null when what it undoes was not decided again. */
  @Nullable Effect of(Entry entry, SimulatedMember member) {
    SimulatedOrder order = orders.of(entry);
    if (order == null) {
      return null;
    }
    Effect effect =
        switch (entry.kind()) {
          case REFUND -> refund(entry, order);
          case REVERSAL -> reverse(entry, order);
          case CANCELLATION -> cancel(entry, order, member);
          case MOVE_OUT -> out(entry, order);
          default -> in(entry, order);
        };
    if (effect != null) {
      order.left += effect.points();
    }
    return effect;
  }

  private @Nullable Effect refund(Entry entry, SimulatedOrder order) {
    if (!(entry.detail() instanceof Detail.Refunded refunded) || refunded.shareOf() != null) {
      return null;
    }
    OrderPart part = refunded.basis() == null ? null : refunded.basis().orderPart();
    RefundableOrder sold = RefundableOrder.of(order.history(), part);
    if (sold.isUnknown() || sold.part() != OrderPart.GOODS) {
      return null;
    }
    Returned after =
        sold.returned().plus(new OrderRefunds(List.of(entry)).parts(sold.lines()).get(0));
    OrderShare own = sold.shareOf(sold.main());
    long points = own.toTakeBack(Accounts.POINTS, after);
    long growth = own.toTakeBack(Accounts.GROWTH, after);
    FactsChange change = ReturnedFacts.by(sold, after, entry.recordedAt(), budgets);
    orders.add(order, Redrawn.refund(entry, refunded, points, growth, change));
    return new Effect(-points, change);
  }

  private @Nullable Effect reverse(Entry entry, SimulatedOrder order) {
    Entry undone = order.find(String.valueOf(entry.refersToId()));
    orders.add(order, entry);
    if (undone == null) {
      return null;
    }
    long points =
        undone.detail() instanceof Detail.Refunded refunded
            ? refunded.takenBack().getOrDefault(Accounts.POINTS, 0L)
            : -order.left;
    return new Effect(points, ReturnedFacts.whole(undone, entry.recordedAt(), budgets));
  }

  /** The ledger does not look at the order of a member whose facts are plain. */
  private Effect cancel(Entry entry, SimulatedOrder order, SimulatedMember member) {
    FactsChange change =
        member.facts.isPlain()
            ? FactsChange.NONE
            : ReturnedFacts.rest(order.history(), entry.recordedAt(), budgets);
    orders.add(order, Redrawn.cancellation(entry, order.left, change));
    return new Effect(-order.left, change);
  }

  private @Nullable Effect out(Entry entry, SimulatedOrder order) {
    Entry sale = order.find(entry.part());
    orders.add(order, entry);
    if (sale == null) {
      return null;
    }
    onTheirWay.put(entry.transactionId(), sale);
    return new Effect(-order.left, sale.factsChange().negated());
  }

  private @Nullable Effect in(Entry entry, SimulatedOrder order) {
    Entry sale = onTheirWay.remove(entry.part());
    if (sale == null) {
      return null;
    }
    FactsChange ofMember = sale.factsChange().ofMember();
    FactsChange change = ofMember.isNone() ? FactsChange.NONE : ofMember.unjudged();
    orders.add(order, Redrawn.moved(entry, sale, change));
    return new Effect(RefundableOrder.earned(sale, Accounts.POINTS), change);
  }
}
