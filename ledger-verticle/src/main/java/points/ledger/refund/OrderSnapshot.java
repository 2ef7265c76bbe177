package points.ledger.refund;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.order.OrderMembers;

/**
 * The sales of an order and the refunds parked for it, read by one statement.
 *
 * @param sales oldest first; empty when the order is not known yet
 * @param isParkedBefore whether a refund of the same key, or of the same order and refund id, is
 *     parked; once a sale is there, no such refund will be parked any more
 * @param hasDueRefunds whether parked refunds of this order can be applied now, and so come first
 * @param misfit the field of the refund that fits none of the sales; empty when one fits
 */
public record OrderSnapshot(
    List<Sale> sales, boolean isParkedBefore, boolean hasDueRefunds, Optional<String> misfit) {

  /**
   * An entry that sold or paid a part of the order.
   *
   * @param isMoved whether the sale has left this member
   * @param isReversed whether the entry was undone
   */
  public record Sale(MemberKey member, Entry.Kind kind, boolean isMoved, boolean isReversed) {

    private boolean isOf(OrderPart part) {
      return OrderPart.of(kind) == part;
    }
  }

  /**
   * Returns the member on which a refund is decided: the buyer of the lines that come back.
   *
   * <p>If all sales of the order were undone, it is the buyer of the newest one, and the lane of
   * that member refuses the refund.
   *
   * @param part the part of the order that comes back; null when the refund names none
   * @return empty when the order is not known
   */
  public Optional<MemberKey> owner(@Nullable OrderPart part) {
    return sales.stream().map(Sale::member).distinct().count() < 2
        ? seller()
        : mainMember(part).or(this::seller);
  }

  private Optional<MemberKey> mainMember(@Nullable OrderPart part) {
    return part == null
        ? mainMemberOf(OrderPart.GOODS).or(() -> mainMemberOf(OrderPart.TOP_UP))
        : mainMemberOf(part);
  }

  private Optional<MemberKey> mainMemberOf(OrderPart part) {
    return sales.stream()
        .filter(it -> it.isOf(part) && !it.isMoved() && !it.isReversed())
        .min(
            Comparator.comparingInt((Sale it) -> OrderMembers.rankOf(it.kind()))
                .thenComparing(it -> it.kind().name()))
        .map(Sale::member);
  }

  /** The member of the first sale that has not moved; while all are on their way, of the last. */
  private Optional<MemberKey> seller() {
    return sales.stream()
        .filter(Predicate.not(Sale::isMoved))
        .findFirst()
        .or(() -> sales.stream().reduce((one, later) -> later))
        .map(Sale::member);
  }
}
