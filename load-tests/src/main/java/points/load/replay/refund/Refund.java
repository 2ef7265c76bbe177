package points.load.replay.refund;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.SortedMap;
import points.load.replay.receipt.Receipt;

/**
 * A refund of a receipt, or of a part of it.
 *
 * @param refundId unique in the receipt
 * @param store that takes it back; empty for the one that sold
 * @param early whether the till that takes it back is heard before the one that sold it
 */
public record Refund(
    Receipt receipt, String refundId, What what, Optional<String> store, boolean early) {

  /** The part of a receipt that comes back. */
  public sealed interface What {}

  /** All that is left. */
  public record Whole() implements What {}

  /** A sum of money, without naming lines. */
  public record OfAmount(long amount) implements What {}

  /** A sum of money for each of some lines, by their place on the receipt. */
  public record OfLines(SortedMap<Integer, Long> amounts) implements What {}

  public String key() {
    return "replay-refund:%s:%s:%s".formatted(receipt.storeId(), receipt.receiptId(), refundId);
  }

  public JsonObject body() {
    JsonObject body =
        new JsonObject()
            .put("storeId", receipt.storeId())
            .put("orderId", receipt.receiptId())
            .put("refundId", refundId)
            .put("memberId", receipt.memberId());
    store.ifPresent(id -> body.put("refundStoreId", id));
    if (what instanceof OfAmount some) {
      body.put("amount", some.amount());
    } else if (what instanceof OfLines some) {
      JsonArray lines = new JsonArray();
      some.amounts()
          .forEach(
              (place, amount) ->
                  lines.add(
                      new JsonObject().put("lineId", Receipt.lineId(place)).put("amount", amount)));
      body.put("lines", lines);
    }
    return body;
  }
}
