package points.load.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import points.load.http.Fields;

/**
 * One entry of a member's history.
 *
 * @param sequence the member's own count
 * @param kind {@code accrual}, {@code deduction}, {@code refund} and so on
 * @param points signed
 * @param lots which points it made or took, signed as the entry is
 * @param elsewhere points that it made or took where they cannot be spent, less what is owed
 * @param order the store and the order it belongs to
 * @param amount what the order cost, in minor units
 * @param lines the points of each line of the order, in the order's sequence
 * @param refundId which refund of the order it is
 * @param refundStoreId the store that took back, where it is not the one that sold
 * @param metadata of the caller's own
 * @param lapsed points that it undid and that had expired unspent before
 */
public record Entry(
    String transactionId,
    long sequence,
    String kind,
    long points,
    List<Lot> lots,
    long elsewhere,
    Optional<Order> order,
    Optional<Long> amount,
    List<LinePoints> lines,
    Optional<String> refundId,
    Optional<String> refundStoreId,
    Map<String, String> metadata,
    long lapsed,
    Instant occurredAt) {

  /** An order is known by its store and its number there. */
  public record Order(String storeId, String orderId) {
    @Override
    public String toString() {
      return "store " + storeId + " order " + orderId;
    }
  }

  /** The share of a line in the points of its order. */
  public record LinePoints(String lineId, long points) {
    static LinePoints read(Fields json) {
      return new LinePoints(json.text("lineId"), json.integer("points"));
    }
  }

  /** Whether something of an order came back by it. */
  public boolean isRefund() {
    return kind.equals("refund");
  }

  private static long lapsed(Fields detail) {
    return detail.optionalList("lapsed").stream()
        .filter(it -> it.text("currency").equals("points"))
        .mapToLong(it -> it.integer("points"))
        .sum();
  }

  static Entry read(Fields json) {
    Optional<Order> order =
        json.optionalText("storeId")
            .flatMap(store -> json.optionalText("orderId").map(number -> new Order(store, number)));
    return new Entry(
        json.text("transactionId"),
        json.integer("sequence"),
        json.text("kind"),
        json.integer("points"),
        json.list("lots").stream().map(Lot::read).toList(),
        json.optionalInteger("held").orElse(0L)
            + json.optionalInteger("pending").orElse(0L)
            - json.optionalInteger("debt").orElse(0L),
        order,
        json.optionalInteger("amount"),
        json.optionalList("lines").stream().map(LinePoints::read).toList(),
        json.optionalObject("detail").flatMap(detail -> detail.optionalText("refundId")),
        json.optionalObject("detail").flatMap(detail -> detail.optionalText("refundStoreId")),
        json.optionalObject("metadata").map(Fields::texts).orElse(Map.of()),
        json.optionalObject("detail").map(Entry::lapsed).orElse(0L),
        json.instant("occurredAt"));
  }
}
