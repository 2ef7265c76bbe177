package points.ledger.refund;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund whose sale had not come yet when it came.
 *
 * @param number where it is in the list of those that were parked
 * @param settledAt when nobody waited for its sale any more; null while it waits
 * @param transactionId its entry, when it was applied
 * @param refusal the kind of refusal, when the rules refused it in the end
 * @param reviewId the review that it became, when it has lapsed
 */
public record ParkedRefund(
    RefundRequest wanted,
    long number,
    Status status,
    Instant parkedAt,
    @Nullable Instant settledAt,
    @Nullable String transactionId,
    @Nullable String refusal,
    @Nullable Long reviewId) {

  /** How long it waits for its sale; then it becomes a review. */
  public static final Duration WAIT_MAX = Duration.ofDays(7);

  /** What became of it. */
  public enum Status {
    /** It waits for its sale. */
    PARKED,
    /** Its sale is there, and the ledger is at it. */
    APPLYING,
    APPLIED,
    /** By the rules, when its sale came. */
    REFUSED,
    /** By its caller. */
    WITHDRAWN,
    /** It waited for too long, and waits for somebody's decision. */
    LAPSED
  }
}
