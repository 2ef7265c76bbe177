package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.LifetimeTotals;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** Builds moves of sales. */
record MovedSales(HistoryBuilder builder) {

  /** The operation. */
  static Operation.Move move(Entry sale, String to, Operation.Terms terms) {
    Operation.Accrual asked =
        new Operation.Accrual(
            sale.memberId(),
            "S1",
            String.valueOf(sale.origin().orderId()),
            sale.origin().amount() == null ? 0 : sale.origin().amount(),
            HistoryBuilder.NOW,
            sale.extra().lines().stream().map(Entry.Line::amount).toList(),
            terms);
    return new Operation.Move(sale.memberId(), sale.transactionId(), asked, to);
  }

  static Operation.Move move(Entry sale, String to) {
    return move(sale, to, Operation.Terms.NONE);
  }

  /** Undoes all that the sale did. */
  Entry leaves(Entry sale, String to) {
    return leaves(sale, to, opposite(sale.movements()));
  }

  Entry leaves(Entry sale, String to, Movement... movements) {
    return builder.book(
        move(sale, to),
        Kind.MOVE_OUT,
        HistoryBuilder.extra(null, sale.transactionId(), List.of(), detail(sale, sale, to, -1)),
        null,
        movements);
  }

  /** Books the same sale on the other member. */
  Entry arrives(Entry out, Entry sale, String to) {
    return arrives(out, sale, to, Kind.MOVE_IN, onceMore(sale, builder.next(to)));
  }

  Entry arrives(Entry out, Entry sale, String to, Kind kind, Movement... movements) {
    return builder.follows(
        "move of " + out.transactionId(),
        to,
        move(sale, to),
        kind,
        HistoryBuilder.extra(
            null, out.transactionId(), sale.extra().lines(), detail(out, sale, out.memberId(), 1)),
        sale.origin().amount(),
        movements);
  }

  private static JsonObject detail(Entry of, Entry sale, String other, int sign) {
    LifetimeTotals lived = LifetimeTotals.of(sale);
    return new JsonObject()
        .put("memberId", other)
        .put("of", of.transactionId())
        .put("earned", sign * lived.earned())
        .put("spent", sign * lived.spent())
        .put("endsAt", sale.extra().detail().getString("endsAt"));
  }

  private static Movement[] opposite(List<Movement> movements) {
    return movements.stream()
        .map(
            it ->
                new Movement(
                    it.account(), it.place(), it.reservation(), it.expiresAt(), -it.points()))
        .toArray(Movement[]::new);
  }

  /** The sale's movements again, pending under another sequence. */
  static Movement[] onceMore(Entry sale, long sequence) {
    return sale.movements().stream()
        .map(
            it ->
                it.place() == Place.PENDING
                    ? new Movement(it.account(), it.place(), sequence, it.expiresAt(), it.points())
                    : it)
        .toArray(Movement[]::new);
  }

  /** The movements and one more. */
  static Movement[] with(Movement[] movements, Movement more) {
    return Stream.concat(Stream.of(movements), Stream.of(more)).toArray(Movement[]::new);
  }
}
