package points.load.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund that arrived before its sale, and its result so far.
 *
 * @param key the idempotency key of the caller
 * @param transactionId of its entry, if it was applied
 * @param refusal the code, if the rules refused it when its sale came
 * @param occurredAt when the goods were returned: a later sale is not the one that it refunds
 * @param ended {@code WITHDRAWN} or {@code LAPSED} if it stopped waiting before its sale came
 */
public record ParkedRefund(
    String storeId,
    String orderId,
    String refundId,
    String key,
    @Nullable String transactionId,
    @Nullable String refusal,
    Instant occurredAt,
    @Nullable String ended) {

  /** Whether its caller withdrew it. */
  public boolean isWithdrawn() {
    return "WITHDRAWN".equals(ended);
  }

  /** The order that it refunds. */
  public Entry.Order order() {
    return new Entry.Order(storeId, orderId);
  }

  /** The idempotency key of the entry that applies it. */
  public String entryKey() {
    return entryKey(storeId, orderId, refundId);
  }

  /** The idempotency key of the entry that applies a parked refund. */
  public static String entryKey(String storeId, String orderId, String refundId) {
    return "refund of " + storeId + " " + orderId + " " + refundId;
  }
}
