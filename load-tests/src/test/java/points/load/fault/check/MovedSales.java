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

/** Makes up how sales go from one member to another. */
record MovedSales(HistoryBuilder deeds) {

  /** As somebody asks for it. */
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

  /** All that the sale did is undone. */
  Entry leaves(Entry sale, String to) {
    return leaves(sale, to, opposite(sale.movements()));
  }

  Entry leaves(Entry sale, String to, Movement... movements) {
    return deeds.book(
        move(sale, to),
        Kind.MOVE_OUT,
        HistoryBuilder.extra(null, sale.transactionId(), List.of(), detail(sale, sale, to, -1)),
        null,
        movements);
  }

  /** The same sale stands with the other. */
  Entry arrives(Entry out, Entry sale, String to) {
    return arrives(out, sale, to, Kind.MOVE_IN, onceMore(sale, deeds.next(to)));
  }

  Entry arrives(Entry out, Entry sale, String to, Kind kind, Movement... movements) {
    return deeds.follows(
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

  /** With the sale's own movements, pending under a sequence of its own. */
  static Movement[] onceMore(Entry sale, long sequence) {
    return sale.movements().stream()
        .map(
            it ->
                it.place() == Place.PENDING
                    ? new Movement(it.account(), it.place(), sequence, it.expiresAt(), it.points())
                    : it)
        .toArray(Movement[]::new);
  }

  /** With one movement more. */
  static Movement[] with(Movement[] movements, Movement more) {
    return Stream.concat(Stream.of(movements), Stream.of(more)).toArray(Movement[]::new);
  }
}
