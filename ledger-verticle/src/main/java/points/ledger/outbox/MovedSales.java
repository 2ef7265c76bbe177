package points.ledger.outbox;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import points.ledger.domain.Command;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.OrderCommand.Refund;
import points.ledger.domain.OrderPart;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome;
import points.ledger.domain.Outcome.Cause;
import points.ledger.domain.Refusal;
import points.ledger.store.EntryReader;

/** Orders of which a sale went over to another member: who has them now. */
final class MovedSales {

  private MovedSales() {}

  /** The member with whom an order's sale stands; where it was last, while it is on its way. */
  static Optional<MemberKey> seller(List<Entry> order) {
    Set<String> moved =
        order.stream()
            .filter(it -> it.kind() == Entry.Kind.MOVE_OUT)
            .map(Entry::part)
            .collect(Collectors.toSet());
    List<Entry> sales = order.stream().filter(it -> OrderPart.isSale(it.kind())).toList();
    return sales.stream()
        .filter(it -> !moved.contains(it.transactionId()))
        .findFirst()
        .or(() -> sales.stream().reduce((one, later) -> later))
        .map(Entry::member);
  }

  /**
   * Submits refunds. One that finds no order because its sale is on its way to another member, or
   * has just arrived there, is not refused for good: it is to come again.
   */
  static Function<Command, Future<Outcome>> awaited(
      Function<Command, Future<Outcome>> submit, EntryReader entries) {
    return command ->
        submit
            .apply(command)
            .compose(
                outcome ->
                    command instanceof Refund refund && isUnknown(outcome)
                        ? isMoved(refund, entries)
                            .map(
                                moved -> moved ? new Outcome.NotApplied(Cause.OVERLOADED) : outcome)
                        : Future.succeededFuture(outcome));
  }

  private static boolean isUnknown(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && refused.refusal() instanceof Refusal.OrderNotFound;
  }

  private static Future<Boolean> isMoved(Refund refund, EntryReader entries) {
    Origin sale = refund.origin();
    return entries
        .ofOrder(
            refund.member().programId(),
            String.valueOf(sale.storeId()),
            String.valueOf(sale.orderId()))
        .map(found -> found.stream().anyMatch(it -> it.kind() == Entry.Kind.MOVE_OUT));
  }
}
