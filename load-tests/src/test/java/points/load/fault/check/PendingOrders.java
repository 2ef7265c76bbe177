package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** Builds orders that are paid with points or stored value, and orders that earn pending points. */
record PendingOrders(HistoryBuilder builder) {

  /** Pays for the order; the points that it earns are available at once. */
  Entry accrues(String member, String order, long yuan, long paid, long storedValue) {
    Operation.Terms terms = new Operation.Terms(paid, storedValue, false, null);
    return book(
        member,
        order,
        yuan,
        terms,
        HistoryBuilder.available(HistoryBuilder.POINTS, -paid),
        HistoryBuilder.available(HistoryBuilder.STORED, -storedValue),
        HistoryBuilder.available(HistoryBuilder.POINTS, yuan));
  }

  /**
   * What is earned is pending.
   *
   * @param seconds after which it becomes effective; null for never by itself
   */
  Entry accruesPending(String member, String order, long yuan, @Nullable Long seconds) {
    Operation.Terms terms =
        new Operation.Terms(
            0, 0, true, seconds == null ? null : HistoryBuilder.NOW.plusSeconds(seconds));
    return book(member, order, yuan, terms, pending(builder.next(member), yuan));
  }

  private Entry book(
      String member, String order, long yuan, Operation.Terms terms, Movement... movements) {
    Operation operation =
        new Operation.Accrual(
            member, "S1", order, yuan * 100, HistoryBuilder.NOW, List.of(), terms);
    JsonObject detail = new JsonObject();
    if (terms.pending()) {
      detail.put(
          "endsAt", terms.effectiveAt() == null ? null : String.valueOf(terms.effectiveAt()));
    }
    Entry.Extra extra = HistoryBuilder.extra(null, "", List.of(), detail);
    return builder.book(operation, Kind.ACCRUAL, extra, yuan * 100, movements);
  }

  /** Ends pending points by a call, all of them unless other movements are given. */
  Entry ends(Entry sale, boolean activates, Movement... instead) {
    return builder.book(
        new Operation.EndPending(sale.memberId(), sale.transactionId(), activates),
        activates ? Kind.ACTIVATION : Kind.CANCELLATION,
        HistoryBuilder.extra(sale.sequence(), "", List.of(), new JsonObject()),
        null,
        instead.length == 0 ? usual(sale, activates) : instead);
  }

  /** Ends by itself, without a call. */
  Entry becomesEffective(Entry sale) {
    return builder.book(
        null,
        sale.memberId(),
        Kind.ACTIVATION,
        HistoryBuilder.extra(sale.sequence(), "", List.of(), new JsonObject()),
        null,
        usual(sale, true));
  }

  private static Movement[] usual(Entry sale, boolean activates) {
    long points = sale.moved(HistoryBuilder.POINTS, Place.PENDING);
    List<Movement> movements = new ArrayList<>();
    if (activates) {
      movements.add(HistoryBuilder.available(HistoryBuilder.POINTS, points));
    }
    movements.add(pending(sale.sequence(), -points));
    return movements.toArray(Movement[]::new);
  }

  static Movement pending(long reserve, long points) {
    return new Movement(
        HistoryBuilder.POINTS, Place.PENDING, reserve, HistoryBuilder.UNTIL, points);
  }

  /** Refunds an order without lines, and takes so many points back. */
  Entry refunds(Entry sale, String refundId, long takenBack, Movement... movements) {
    long amount = sale.origin().amount() == null ? 0 : sale.origin().amount();
    String order = String.valueOf(sale.origin().orderId());
    JsonObject detail =
        new JsonObject()
            .put("refundId", refundId)
            .put("takenBack", new JsonObject().put(HistoryBuilder.POINTS, takenBack))
            .put("givenBack", new JsonObject())
            .put("debt", 0)
            .put("whole", true);
    return builder.book(
        new Operation.Refund(sale.memberId(), "S1", order, refundId, null, null),
        Kind.REFUND,
        HistoryBuilder.extra(
            null, refundId, List.of(new Entry.Line("", amount, takenBack)), detail),
        amount,
        Stream.of(movements).toArray(Movement[]::new));
  }
}
