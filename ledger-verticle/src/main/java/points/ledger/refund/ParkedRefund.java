package points.ledger.refund;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund whose sale had not come yet when it came.
 *
 * @param number its number in the list of those that were parked
 * @param endedAt when it ended; null while it waits for its sale
 * @param transactionId its entry, when it was applied
 * @param refusal the kind of refusal, when the rules refused it in the end
 * @param reviewId the review that it became, when it has lapsed
 */
public record ParkedRefund(
    RefundRequest wanted,
    long number,
    Status status,
    Instant parkedAt,
    @Nullable Instant endedAt,
    @Nullable String transactionId,
    @Nullable String refusal,
    @Nullable Long reviewId) {

  /** Longest time that it waits for its sale; then it becomes a review. */
  public static final Duration WAIT_MAX = Duration.ofDays(7);

  /** The progress or the end of a parked refund. */
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
