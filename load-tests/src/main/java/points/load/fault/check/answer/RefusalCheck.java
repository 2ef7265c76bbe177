package points.load.fault.check.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.MergeChains;
import points.load.fault.check.history.VisibleState;
import points.load.fault.check.order.CancelledPoints;
import points.load.fault.check.order.ReturnedParts;
import points.load.fault.check.order.SoldOrder;
import points.load.fault.history.Answer;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/**
 * What a refusal says of a member.
 *
 * @param number of entries that the member had
 * @param by what others had done with the same orders counts up to this time
 */
public record RefusalCheck(Operation operation, MemberHistory member, int number, Instant by) {
  /** The most that a member may have set aside at a time. */
  private static final int RESERVES_MAX = 100;

  public MemberState state() {
    return member.states().get(number);
  }

  private List<Entry> before() {
    return member.entries().subList(0, number);
  }

  /** With that of whoever goes on as the member. */
  private List<Entry> history() {
    return member.history(number, by);
  }

  /**
   * Whether that is so.
   *
   * @param view the state as it looked
   */
  public boolean isTrue(Answer.Refused refused, VisibleState view) {
    return switch (refused.code()) {
      case "insufficient_points" -> isTooFew(refused.available(), view.available(), points());
      case "insufficient_stored_value" ->
          isTooFew(refused.available(), view.storedValue(), storedValue())
              || isSpentBefore(view.storedValue());
      case "member_not_found" -> number == 0 && !enrols();
      case "member_closed" -> state().others().status() == MemberState.Status.CLOSED;
      case "member_merged" -> state().others().status() == MemberState.Status.MERGED;
      case "member_has_holds" -> ends() && holds(view);
      case "too_much_set_aside" ->
          setsAside()
              && state().others().reservations().size() - view.ended().size() >= RESERVES_MAX;
      default ->
          new ReservationRefusalCheck(operation, before(), state()).isTrue(refused.code(), view)
              || isTrueOfUndoing(refused.code());
    };
  }

  private boolean isTrueOfUndoing(String code) {
    if (operation instanceof Operation.Refund refund) {
      SoldOrder order = SoldOrder.of(history(), refund.storeId(), refund.orderId());
      return switch (code) {
        case "order_not_found" -> order.isUnknown();
        case "order_mismatch" -> !order.isUnknown() && isOfNobodyOf(order);
        case "refund_not_by_points" -> refund.points() != null && order.cameBack().amount() > 0;
        case "order_already_refunded" -> order.isWhollyRefunded();
        case "refund_exceeds_order" -> !order.isUnknown() && isMoreThanIsLeft(refund, order);
        case "unknown_line" ->
            refund.lineId() != null && !order.isUnknown() && !order.hasLine(refund.lineId());
        default -> false; // nothing else deserves it
      };
    }
    if (operation instanceof Operation.Reversal reversal) {
      Optional<Entry> undone =
          history().stream()
              .filter(it -> it.transactionId().equals(reversal.transactionId()))
              .findFirst();
      return switch (code) {
        case "already_reversed" ->
            undone.filter(it -> SoldOrder.isReversed(it, history())).isPresent();
        case "not_reversible" -> undone.filter(this::isNotReversible).isPresent();
        default -> false; // nothing else deserves it
      };
    }
    return operation instanceof Operation.Move move
        && new MoveRefusalCheck(move, history(), state()).isTrue(code);
  }

  /** The member it names, and all as whom that one goes on, took no part. */
  private boolean isOfNobodyOf(SoldOrder order) {
    MergeChains merged = member.index().merged();
    Set<String> named = Set.copyOf(merged.from(operation.memberId()));
    return order.members().stream()
            .noneMatch(it -> merged.from(it).stream().anyMatch(named::contains))
        && !order.isOf(operation.memberId());
  }

  private static boolean isTooFew(@Nullable Long told, long there, long wanted) {
    return told != null && told == there && told < wanted;
  }

  private boolean ends() {
    return operation instanceof Operation.Merge || operation instanceof Operation.Close;
  }

  private boolean holds(VisibleState view) {
    return state().others().reservations().stream()
        .anyMatch(it -> it.place() == Place.HELD && !view.ended().contains(it.sequence()));
  }

  private boolean setsAside() {
    return operation instanceof Operation.Hold
        || (operation instanceof Operation.Accrual accrual && accrual.terms().pending())
        || (operation instanceof Operation.Move move
            && move.sale().terms().pending()
            && isReceiver(move));
  }

  private boolean isReceiver(Operation.Move move) {
    return move.to().equals(member.memberId());
  }

  /** What is wanted of the member; nothing is ever too few for an order that happened already. */
  private long points() {
    if (operation instanceof Operation.Accrual accrual) {
      return accrual.terms().offline() ? Long.MIN_VALUE : accrual.terms().points();
    } else if (operation instanceof Operation.Deduction deduction) {
      return deduction.points();
    } else if (operation instanceof Operation.Adjustment adjustment) {
      return -adjustment.points();
    } else if (operation instanceof Operation.Hold hold) {
      return hold.points();
    } else if (operation instanceof Operation.Exchange exchange) {
      return exchange.points();
    }
    return pointsSentOrShared();
  }

  private long pointsSentOrShared() {
    if (operation instanceof Operation.Transfer transfer) {
      return transfer.points();
    } else if (operation instanceof Operation.SharedDeduction deduction) {
      return deduction.points();
    } else if (operation instanceof Operation.Move move) {
      return isReceiver(move) ? move.sale().terms().points() : Long.MIN_VALUE;
    }
    return operation instanceof Operation.Share share ? share.points() : Long.MIN_VALUE;
  }

  private long storedValue() {
    if (operation instanceof Operation.Payment payment) {
      return payment.amount();
    } else if (operation instanceof Operation.Accrual accrual) {
      return accrual.terms().offline() ? Long.MIN_VALUE : accrual.terms().storedValue();
    } else if (operation instanceof Operation.Move move) {
      return isReceiver(move) ? move.sale().terms().storedValue() : Long.MIN_VALUE;
    }
    return operation instanceof Operation.Hold hold ? hold.storedValue() : Long.MIN_VALUE;
  }

  /** What was paid in cannot be paid out any more. */
  private boolean isSpentBefore(long there) {
    if (operation instanceof Operation.Refund refund) {
      SoldOrder order = SoldOrder.of(history(), refund.storeId(), refund.orderId());
      ReturnedParts all = order.cameBack();
      all.addRest();
      return order.mainShare().toTake(Movement.STORED_VALUE, all) > there;
    }
    return operation instanceof Operation.Reversal reversal
        && history().stream()
            .filter(it -> it.transactionId().equals(reversal.transactionId()))
            .anyMatch(it -> it.worth(Movement.STORED_VALUE) > there);
  }

  private boolean enrols() {
    return operation instanceof Operation.Accrual || operation instanceof Operation.TopUp;
  }

  private static boolean isMoreThanIsLeft(Operation.Refund refund, SoldOrder order) {
    ReturnedParts back = order.cameBack();
    if (refund.points() != null) {
      return refund.points() > back.pointsLeft();
    }
    long left = refund.lineId() == null ? back.left() : back.left(refund.lineId());
    return refund.amount() == null ? refund.lineId() != null && left == 0 : refund.amount() > left;
  }

  /**
   * Its order was refunded or has gone to another, what it earned was cancelled, or it is of a kind
   * that ends in ways of its own.
   */
  private boolean isNotReversible(Entry entry) {
    return switch (entry.kind()) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT, CAPTURE, TOP_UP, PAYMENT, EXCHANGE, OPENING ->
          CancelledPoints.isCancelled(entry, history())
              || SoldOrder.isMoved(entry, history())
              || SoldOrder.around(entry, history()).isRefunded();
      case REFUND -> false;
      default -> true;
    };
  }
}
