package points.load.fault.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.RefundDetails;

/** Builds orders that one member pays and by which another earns. */
record SharedOrders(HistoryBuilder builder) {

  Entry deducts(String member, String order, long points) {
    return builder.book(
        new Operation.Deduction(member, "S1", order, points, "gift"),
        Kind.DEDUCTION,
        Entry.Extra.NONE,
        null,
        HistoryBuilder.available(HistoryBuilder.POINTS, -points));
  }

  /** Refunds an amount on the member that earned, with the shares of other members. */
  Entry refunds(Entry sale, String refundId, long yuan, boolean whole, Map<String, Long> given) {
    JsonArray others = new JsonArray();
    new TreeMap<>(given).forEach((member, points) -> others.add(share(member, points)));
    return book(sale, sale.memberId(), refundId, yuan, whole, 0, others);
  }

  /** Refunds a payment before the order is booked. */
  Entry givesBack(Entry payment, String refundId, long points, boolean whole) {
    return book(payment, payment.memberId(), refundId, 0, whole, points, new JsonArray());
  }

  private Entry book(
      Entry sale,
      String member,
      String refundId,
      long yuan,
      boolean whole,
      long given,
      JsonArray others) {
    JsonObject basis = new JsonObject().put("orderPart", "GOODS").put("by", "AMOUNT");
    basis.put("unnamed", yuan * 100);
    if (given > 0) {
      basis.put("by", "POINTS").put("unnamed", given);
    }
    if (!others.isEmpty()) {
      basis.put("others", others);
    }
    String order = String.valueOf(sale.origin().orderId());
    Operation operation =
        given > 0
            ? new Operation.Refund(member, "S1", order, refundId, null, null).ofPoints(given)
            : new Operation.Refund(member, "S1", order, refundId, null, yuan * 100);
    return builder.book(
        operation,
        Kind.REFUND,
        HistoryBuilder.extra(
            null,
            refundId,
            List.of(new Entry.Line(given > 0 ? "" : "1", yuan * 100, yuan)),
            detail(refundId, yuan, given, whole).put("basis", basis)),
        yuan * 100,
        HistoryBuilder.available(HistoryBuilder.POINTS, given - yuan));
  }

  /** Carries out the share of another member. */
  Entry comesBack(Entry refund, String owner, String member, long points) {
    JsonObject basis =
        new JsonObject()
            .put("orderPart", "GOODS")
            .put("by", "LINES")
            .put("unnamed", 0)
            .put("shareOf", owner);
    String order = String.valueOf(refund.origin().orderId());
    return builder.follows(
        RefundDetails.shareKey(refund, owner),
        member,
        new Operation.Refund(member, "S1", order, refund.extra().part(), null, null),
        Kind.REFUND,
        HistoryBuilder.extra(
            null,
            refund.extra().part() + " for " + owner,
            List.of(),
            detail(refund.extra().part(), 0, points, false).put("basis", basis)),
        null,
        HistoryBuilder.available(HistoryBuilder.POINTS, points));
  }

  private static JsonObject detail(String refundId, long taken, long given, boolean whole) {
    return new JsonObject()
        .put("refundId", refundId)
        .put("takenBack", sums(taken))
        .put("givenBack", sums(given))
        .put("debt", 0)
        .put("whole", whole);
  }

  private static JsonObject share(String member, long points) {
    return new JsonObject()
        .put("memberId", member)
        .put("takenBack", new JsonObject())
        .put("givenBack", sums(points));
  }

  private static JsonObject sums(long points) {
    JsonObject sums = new JsonObject();
    return points == 0 ? sums : sums.put(Movement.POINTS, points);
  }
}
