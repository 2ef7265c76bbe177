package points.ledger.review;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that came too late to be decided by itself, or a refund whose sale did not come.
 *
 * @param reviewId unique in the deployment
 * @param status how far it is
 * @param attempts how often it was submitted to the ledger
 * @param sale the call of the till
 * @param receivedAt when it came
 * @param decision the person that decided, and why; null before
 * @param transactionId the entry that it became; null before
 */
public record Review(
    long reviewId,
    Status status,
    int attempts,
    LateSale sale,
    Instant receivedAt,
    @Nullable Decision decision,
    @Nullable String transactionId) {

  /** The progress of a review. */
  public enum Status {
    /** Waits for somebody. */
    REVIEW,
    /** Was accepted, and what the ledger says to it is not known. */
    ACCEPTING,
    ACCEPTED,
    REJECTED
  }

  /**
   * The call that a till sent.
   *
   * @param fingerprint of its content
   * @param type the type of its record
   * @param kind the kind of the entry that it asks for, by name
   * @param memberId null when a refund does not name the member
   * @param content the fields of the call
   */
  public record LateSale(
      String programId,
      String key,
      UUID fingerprint,
      String type,
      String kind,
      @Nullable String memberId,
      String storeId,
      String orderId,
      JsonObject content,
      Instant occurredAt) {}

  /**
   * A decision.
   *
   * @param key the idempotency key of the call that decides
   * @param fingerprint of its content
   * @param decidedAt null while it is carried out
   */
  public record Decision(
      String key, UUID fingerprint, String operator, String reason, @Nullable Instant decidedAt) {}
}
