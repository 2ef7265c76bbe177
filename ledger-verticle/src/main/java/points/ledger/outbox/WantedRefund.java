package points.ledger.outbox;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;
import points.ledger.domain.OrderCommand.Refund;
import points.ledger.domain.OrderCommand.RefundedLine;
import points.ledger.domain.OrderPart;
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
    @Nullable Long amount,
    @Nullable Long points,
    @Nullable OrderPart orderPart) {

  /** Of the goods, or of the top-up when there are no goods; not by points. */
  public WantedRefund(
      String programId,
      String key,
      Origin origin,
      String refundId,
      List<RefundedLine> lines,
      @Nullable Long amount) {
    this(programId, key, origin, refundId, lines, amount, null, null);
  }

  /** Whether it can wait for its sale; what comes back by points or by part is known to be sold. */
  public boolean mayWait() {
    return points == null && orderPart == null;
  }

  public String storeId() {
    return Objects.requireNonNull(origin.storeId());
  }

  public String orderId() {
    return Objects.requireNonNull(origin.orderId());
  }

  UUID fingerprint() {
    return of(new MemberKey(programId, "")).request().fingerprint();
  }

  /** As its caller sent it. */
  public Refund of(MemberKey member) {
    return Refund.of(member, key, origin, refundId, lines, amount).of(points, orderPart);
  }

  /**
   * As it is applied when it was parked: under a key of its own, in which nobody can forestall it.
   */
  Refund parkedOf(MemberKey member) {
    String own = "refund of " + storeId() + " " + orderId() + " " + refundId;
    return Refund.of(member, own, origin, refundId, lines, amount);
  }
}
