package points.ledger.refund;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Fingerprint;

/**
 * The facts about its sale that a refund has besides store and order number. Unknown facts are
 * null.
 *
 * @param memberId the member of the order
 * @param soldAt when it was paid, as the receipt says, to the minute; with {@code amount} or not at
 *     all
 * @param amount the price paid, in minor units
 * @param refundedAt when it was taken back: no later sale is its own
 */
public record SaleFacts(
    @Nullable String memberId,
    @Nullable Instant soldAt,
    @Nullable Long amount,
    @Nullable Instant refundedAt) {

  public static final SaleFacts NONE = new SaleFacts(null, null, null, null);

  /** Returns whether these facts are enough to recognize a sale that comes later. */
  boolean identifySale() {
    return memberId != null || soldAt != null;
  }

  boolean areNone() {
    return equals(NONE);
  }

  /**
   * Adds the facts to a fingerprint, which stays the same for calls from before there were such
   * facts.
   */
  void addTo(Fingerprint print) {
    if (memberId != null) {
      print.and("memberId").and(memberId);
    }
    if (soldAt != null && amount != null) {
      print.and("sale").and(soldAt).and(amount);
    }
    if (refundedAt != null) {
      print.and("occurredAt").and(refundedAt);
    }
  }
}
