package points.ledger.outbox;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;
import points.ledger.domain.OrderCommand.Refund;
import points.ledger.domain.OrderCommand.RefundedLine;
import points.ledger.domain.Origin;

/**
 * A refund as it is asked for: by order, for whoever that is.
 *
 * @param key the caller's idempotency key
 * @param origin with the store and the order
 */
public record WantedRefund(
    String programId,
    String key,
    Origin origin,
    String refundId,
    List<RefundedLine> lines,
    @Nullable Long amount) {

  public String storeId() {
    return Objects.requireNonNull(origin.storeId());
  }

  public String orderId() {
    return Objects.requireNonNull(origin.orderId());
  }

  UUID fingerprint() {
    return Refund.fingerprint(programId, origin, refundId, lines, amount);
  }

  /** As its caller sent it. */
  public Refund of(MemberKey member) {
    return Refund.of(member, key, origin, refundId, lines, amount);
  }

  /**
   * As it is applied when it was parked: under a key of its own, in which nobody can forestall it.
   */
  Refund parkedOf(MemberKey member) {
    String own = "refund of " + storeId() + " " + orderId() + " " + refundId;
    return Refund.of(member, own, origin, refundId, lines, amount);
  }
}
