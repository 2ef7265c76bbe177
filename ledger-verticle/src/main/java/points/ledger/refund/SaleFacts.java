package points.ledger.refund;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Fingerprint;

/**
 * What a refund knows of its sale, besides the store and the number. What is null it does not know.
 *
 * @param memberId whose order it is
 * @param soldAt when it was paid, as the receipt says, to the minute; with {@code amount} or not at
 *     all
 * @param amount what was paid, in minor units
 * @param refundedAt when it was taken back: no later sale is its own
 */
public record SaleFacts(
    @Nullable String memberId,
    @Nullable Instant soldAt,
    @Nullable Long amount,
    @Nullable Instant refundedAt) {

  public static final SaleFacts NONE = new SaleFacts(null, null, null, null);

  /** Whether a sale that comes later can be known by it. */
  boolean name() {
    return memberId != null || soldAt != null;
  }

  boolean areNone() {
    return equals(NONE);
  }

  /** What was sent before there were such facts has the same fingerprint now. */
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
