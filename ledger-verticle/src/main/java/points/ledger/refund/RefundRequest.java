package points.ledger.refund;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/**
 * A caller's request to refund an order. It names the order, and need not name the member.
 *
 * @param key the caller's idempotency key
 * @param origin the store that sold, the order, and the caller's reason
 * @param refundStoreId the store that takes the goods back; null if it is the one that sold
 */
public record RefundRequest(
    String programId,
    String key,
    Origin origin,
    String refundId,
    List<RefundedLine> lines,
    @Nullable Long amount,
    @Nullable Long points,
    @Nullable OrderPart orderPart,
    @Nullable String refundStoreId,
    SaleFacts sale) {

  /** Requests the refund of an order of which only the number is known, in the store that sold. */
  public RefundRequest(
      String programId,
      String key,
      Origin origin,
      String refundId,
      List<RefundedLine> lines,
      @Nullable Long amount) {
    this(programId, key, origin, refundId, lines, amount, null, null, null, SaleFacts.NONE);
  }

  /**
   * Returns whether it can wait for its sale. One by points or by part cannot: its caller knows the
   * sale.
   */
  boolean mayWait() {
    return points == null && orderPart == null && sale.identifySale();
  }

  public String storeId() {
    return Objects.requireNonNull(origin.storeId());
  }

  public String orderId() {
    return Objects.requireNonNull(origin.orderId());
  }

  /** The store that takes back. */
  public String takenBackBy() {
    return refundStoreId == null ? storeId() : refundStoreId;
  }

  /** The same, of a sale that may have been made later, too. */
  RefundRequest atAnyTime() {
    var any = new SaleFacts(sale.memberId(), sale.soldAt(), sale.amount(), null);
    return new RefundRequest(
        programId, key, origin, refundId, lines, amount, points, orderPart, refundStoreId, any);
  }

  /** Of all that the caller sent. */
  public UUID fingerprint() {
    UUID print = toPlainCommand(new MemberKey(programId, "")).request().fingerprint();
    if (sale.areNone() && refundStoreId == null) {
      return print;
    }
    Fingerprint more = Fingerprint.of("refund of a sale").and(print.toString()).and(refundStoreId);
    sale.addTo(more);
    return more.toUuid();
  }

  /** Makes the command under the caller's key, to be decided on this member. */
  public Refund toCommand(MemberKey member) {
    return toPlainCommand(member).requestedBy(new Request(key, fingerprint()), refundStoreId);
  }

  /**
   * Makes the command that applies this refund after it was parked. Its key is made from the store,
   * the order and the refund id, so that no caller can use the key for something else before.
   */
  Refund toCommandOfParked(MemberKey member) {
    String own = "refund of " + storeId() + " " + orderId() + " " + refundId;
    UUID content = Refund.fingerprint(programId, origin, refundId, lines, amount);
    return toPlainCommand(member).requestedBy(new Request(own, content), refundStoreId);
  }

  /** Makes the command without the facts about its sale and without the store that takes back. */
  private Refund toPlainCommand(MemberKey member) {
    return Refund.of(member, key, origin, refundId, lines, amount).restrictedTo(points, orderPart);
  }
}
