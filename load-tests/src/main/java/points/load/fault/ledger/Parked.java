package points.load.fault.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund that came before its sale, and what became of it.
 *
 * @param key under which it was asked for
 * @param transactionId of its entry, if it was applied
 * @param refusal why it was not, if the rules refused it
 * @param occurredAt when it was taken back: no later sale is its own
 */
public record Parked(
    String storeId,
    String orderId,
    String refundId,
    String key,
    @Nullable String transactionId,
    @Nullable String refusal,
    Instant occurredAt) {

  /** The key of the entry that it comes to. */
  public String entryKey() {
    return entryKey(storeId, orderId, refundId);
  }

  /** The key of the entry that a refund comes to if it is parked. */
  public static String entryKey(String storeId, String orderId, String refundId) {
    return "refund of " + storeId + " " + orderId + " " + refundId;
  }
}
