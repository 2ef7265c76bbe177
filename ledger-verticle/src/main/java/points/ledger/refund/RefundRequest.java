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
 * A refund as it is asked for: by order, for whoever that is.
 *
 * @param key the caller's idempotency key
 * @param origin with the store that sold and the order
 * @param refundStoreId the store that takes back, where it is another; null otherwise
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

  /** Of an order of which nothing is known but its number, taken back where it was sold. */
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
    return points == null && orderPart == null && sale.name();
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
    UUID print = plain(new MemberKey(programId, "")).request().fingerprint();
    if (sale.areNone() && refundStoreId == null) {
      return print;
    }
    Fingerprint more = Fingerprint.of("refund of a sale").and(print.toString()).and(refundStoreId);
    sale.addTo(more);
    return more.toUuid();
  }

  /** As its caller sent it. */
  public Refund of(MemberKey member) {
    return plain(member).of(new Request(key, fingerprint()), refundStoreId);
  }

  /**
   * As it is applied when it was parked: under a key of its own, in which nobody can forestall it.
   */
  Refund parkedOf(MemberKey member) {
    String own = "refund of " + storeId() + " " + orderId() + " " + refundId;
    UUID content = Refund.fingerprint(programId, origin, refundId, lines, amount);
    return plain(member).of(new Request(own, content), refundStoreId);
  }

  /** Without what it knows of its sale. */
  private Refund plain(MemberKey member) {
    return Refund.of(member, key, origin, refundId, lines, amount).of(points, orderPart);
  }
}
