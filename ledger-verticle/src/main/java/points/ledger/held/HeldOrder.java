package points.ledger.held;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/**
 * An order whose points are pending because it is beyond a limit against abuse.
 *
 * @param number unique in the deployment
 * @param member the member that has it
 * @param sequence of its entry
 * @param limits the ids of the limits
 * @param points the pending points
 * @param amount in minor units
 * @param endedAt when somebody decided, or it was undone; null before
 */
public record HeldOrder(
    long number,
    MemberKey member,
    long sequence,
    List<String> limits,
    long points,
    long amount,
    @Nullable String storeId,
    @Nullable String terminalId,
    @Nullable String cashierId,
    @Nullable String orderId,
    Instant occurredAt,
    Instant recordedAt,
    Status status,
    @Nullable Instant endedAt) {

  /** The progress of a held order. */
  public enum Status {
    /** Waits for somebody. */
    OPEN,
    ACCEPTED,
    REJECTED,
    /** It was refunded, moved or reversed before anybody decided. */
    UNDONE
  }

  /** Returns the id of its entry, as callers name it. */
  public String transactionId() {
    return member.memberId() + "-" + sequence;
  }
}
