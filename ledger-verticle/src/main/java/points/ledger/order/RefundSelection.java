package points.ledger.order;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Refusal;
import points.ledger.model.Detail.RefundedBy;

/** Checks the parts that a refund names against the parts that are left of its sale. */
public final class RefundSelection {

  private final Refund refund;
  private final RefundableOrder order;
  private final Returned before;
  private @Nullable Refusal refusal;

  public RefundSelection(Refund refund, RefundableOrder order) {
    this.refund = refund;
    this.order = order;
    this.before = order.returned();
  }

  /**
   * Returns the reason for refusing it; null when it is possible, once {@link #part} was asked for.
   */
  public @Nullable Refusal refusal() {
    return refusal;
  }

  /** Returns the parts that come back by it. */
  public ReturnedPart part() {
    if (refund.points() != null) {
      return points(refund.points());
    } else if (refund.amount() != null) {
      return amount(refund.amount());
    }
    return refund.lines().isEmpty() ? whole() : lines();
  }

  /** Returns the refusal of a refund that would give nothing. */
  public Refusal ofNothing() {
    return before.isWhole() || refund.lines().isEmpty()
        ? new Refusal.OrderAlreadyRefunded()
        : new Refusal.RefundExceedsOrder(refund.lines().get(0).lineId(), 0);
  }

  private ReturnedPart points(long points) {
    if (!before.isMeasuredByPoints() || order.paidWith() == null) {
      refusal = new Refusal.RefundNotByPoints();
    } else if (points > before.pointsLeft()) {
      refusal = new Refusal.RefundExceedsOrder(null, before.pointsLeft());
    }
    return new ReturnedPart(RefundedBy.POINTS, new TreeMap<>(), points);
  }

  private ReturnedPart amount(long amount) {
    if (amount > before.left()) {
      refusal = new Refusal.RefundExceedsOrder(null, before.left());
    }
    return new ReturnedPart(RefundedBy.AMOUNT, before.spread(amount), amount);
  }

  /** By lines as long as nothing came back without a name; then the rest has no name either. */
  private ReturnedPart whole() {
    if (order.isWhollyRefunded()) {
      refusal = new Refusal.OrderAlreadyRefunded();
    }
    if (before.hasUnnamed() && !before.isWhole()) {
      return before.isMeasuredByPoints() ? points(before.pointsLeft()) : amount(before.left());
    }
    var amounts = new TreeMap<Integer, Long>();
    for (int i = 0; i < order.lines().size(); i++) {
      if (before.left(i) > 0 || (before.isMeasuredByPoints() && !before.isGone(i))) {
        amounts.put(i, before.left(i));
      }
    }
    return new ReturnedPart(RefundedBy.LINES, amounts, 0);
  }

  private ReturnedPart lines() {
    var part = new ReturnedPart(RefundedBy.LINES, new TreeMap<>(), 0);
    for (RefundedLine line : refund.lines()) {
      int place = order.placeOf(line.lineId());
      Returned left = before.plus(part);
      refusal = refusalOf(line, place, left);
      if (refusal != null) {
        break;
      }
      part.amounts().put(place, line.amount() == null ? (Long) left.left(place) : line.amount());
    }
    return part;
  }

  private @Nullable Refusal refusalOf(RefundedLine line, int place, Returned left) {
    if (place < 0) {
      return new Refusal.LineNotFound(line.lineId());
    }
    long there = left.left(place);
    if (line.amount() != null) {
      return line.amount() > there ? new Refusal.RefundExceedsOrder(line.lineId(), there) : null;
    }
    boolean isFree = order.lines().get(place).amount() == 0;
    boolean isBack = isFree ? left.isGone(place) || before.isWhole() : there == 0;
    if (isBack) {
      return before.isWhole()
          ? new Refusal.OrderAlreadyRefunded()
          : new Refusal.RefundExceedsOrder(line.lineId(), 0);
    }
    return null;
  }
}
