package points.load.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund that came before its sale, and what became of it.
 *
 * @param key under which it was asked for
 * @param transactionId of its entry, if it was applied
 * @param refusal why it was not, if the rules refused it
 * @param occurredAt when it was taken back: no later sale is its own
 * @param ended {@code WITHDRAWN} or {@code LAPSED} if it waits no longer, though its sale never
 *     came
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

  /** One that waits for its sale, or that has met it. */
  public ParkedRefund(
      String storeId,
      String orderId,
      String refundId,
      String key,
      @Nullable String transactionId,
      @Nullable String refusal,
      Instant occurredAt) {
    this(storeId, orderId, refundId, key, transactionId, refusal, occurredAt, null);
  }

  /** Whether its caller has taken it back. */
  public boolean isWithdrawn() {
    return "WITHDRAWN".equals(ended);
  }

  /** The key of the entry that it comes to. */
  public String entryKey() {
    return entryKey(storeId, orderId, refundId);
  }

  /** The key of the entry that a refund comes to if it is parked. */
  public static String entryKey(String storeId, String orderId, String refundId) {
    return "refund of " + storeId + " " + orderId + " " + refundId;
  }
}
