package points.load.fault.check.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.MergeChains;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.CancelledPoints;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.ReturnedParts;
import points.load.model.SoldOrder;

/**
 * Decides whether the refusal of an operation is true of one state of a member.
 *
 * @param number the number of entries that the member had
 * @param by the time up to which other members' entries on the same orders count
 */
public record RefusalCheck(Operation operation, MemberHistory member, int number, Instant by) {
  /** The most reservations that a member may have at a time. */
  private static final int RESERVATIONS_MAX = 100;

  /** An operation that asks for nothing of an account: never too little for it. */
  private static final long NOTHING = Long.MIN_VALUE;

  /** The state of the member. */
  public MemberState state() {
    return member.states().get(number);
  }

  private List<Entry> before() {
    return member.entries().subList(0, number);
  }

  private List<Entry> history() {
    return member.history(number, by);
  }

  /**
   * Returns whether a refusal is true.
   *
   * @param visible the state as it looked
   */
  public boolean isTrue(RecordedAnswer.Refused refused, VisibleState visible) {
    return switch (refused.code()) {
      case "insufficient_points" -> isTooLittle(refused, visible.available(), points());
      case "insufficient_stored_value" ->
          isTooLittle(refused, visible.storedValue(), storedValue())
              || cannotBePaidOut(visible.storedValue());
      case "member_not_found" -> number == 0 && !enrols();
      case "member_closed" -> state().others().status() == MemberState.Status.CLOSED;
      case "member_merged" -> state().others().status() == MemberState.Status.MERGED;
      case "member_has_holds" -> ends() && hasHolds(visible);
      case "too_much_set_aside" ->
          reserves()
              && state().others().reservations().size() - visible.ended().size()
                  >= RESERVATIONS_MAX;
      default ->
          new ReservationRefusalCheck(operation, before(), state()).isTrue(refused.code(), visible)
              || isTrueOfUndoing(refused.code());
    };
  }

  private boolean isTrueOfUndoing(String code) {
    if (operation instanceof Operation.Refund refund) {
      return isTrueOfRefund(code, refund, SoldOrder.of(history(), Optional.of(refund.order())));
    }
    if (operation instanceof Operation.Reversal reversal) {
      return switch (code) {
        case "already_reversed" -> isTrueOf(reversal, it -> SoldOrder.isReversed(it, history()));
        case "not_reversible" -> isTrueOf(reversal, this::isNotReversible);
        default -> false; // no other refusal fits a reversal
      };
    }
    return operation instanceof Operation.Move move
        && new MoveRefusalCheck(move, history(), state()).isTrue(code);
  }

  private boolean isTrueOfRefund(String code, Operation.Refund refund, SoldOrder order) {
    return switch (code) {
      case "order_not_found" -> order.isUnknown();
      case "order_mismatch" -> !order.isUnknown() && isOfOtherMembers(order);
      case "refund_not_by_points" -> refund.points() != null && order.returned().amount() > 0;
      case "order_already_refunded" -> order.isWhollyRefunded();
      case "refund_exceeds_order" -> !order.isUnknown() && isMoreThanIsLeft(refund, order);
      case "unknown_line" ->
          refund.lineId() != null && !order.isUnknown() && !order.hasLine(refund.lineId());
      default -> false; // no other refusal fits a refund
    };
  }

  private boolean isTrueOf(Operation.Reversal reversal, Predicate<Entry> what) {
    return history().stream()
        .filter(it -> it.transactionId().equals(reversal.transactionId()))
        .anyMatch(what);
  }

  /** Neither the named member, nor one into which it was merged, took part in the order. */
  private boolean isOfOtherMembers(SoldOrder order) {
    MergeChains merges = member.index().merges();
    Set<String> named = Set.copyOf(merges.from(operation.memberId()));
    return order.members().stream()
            .noneMatch(it -> merges.from(it).stream().anyMatch(named::contains))
        && !order.isOf(operation.memberId());
  }

  private static boolean isTooLittle(RecordedAnswer.Refused refused, long available, long wanted) {
    @Nullable Long stated = refused.available();
    return stated != null && stated == available && stated < wanted;
  }

  private boolean ends() {
    return operation instanceof Operation.Merge || operation instanceof Operation.Close;
  }

  private boolean hasHolds(VisibleState visible) {
    return state().others().reservations().stream()
        .anyMatch(it -> it.place() == Place.HELD && !visible.ended().contains(it.sequence()));
  }

  private boolean reserves() {
    return operation instanceof Operation.Hold
        || (operation instanceof Operation.Accrual accrual && accrual.terms().pending())
        || (operation instanceof Operation.Move move
            && move.sale().terms().pending()
            && isReceiver(move));
  }

  private boolean isReceiver(Operation.Move move) {
    return move.to().equals(member.memberId());
  }

  /** The points that the operation asks of the member. */
  private long points() {
    if (operation instanceof Operation.Deduction it) {
      return it.points();
    } else if (operation instanceof Operation.Adjustment it) {
      return -it.points();
    } else if (operation instanceof Operation.Hold it) {
      return it.points();
    } else if (operation instanceof Operation.Exchange it) {
      return it.points();
    } else if (operation instanceof Operation.Transfer it) {
      return it.points();
    } else if (operation instanceof Operation.SharedDeduction it) {
      return it.points();
    } else if (operation instanceof Operation.Share it) {
      return it.points();
    }
    Operation.Terms terms = terms();
    return terms == null ? NOTHING : terms.points();
  }

  /** The stored value that the operation asks of the member. */
  private long storedValue() {
    if (operation instanceof Operation.Payment it) {
      return it.amount();
    } else if (operation instanceof Operation.Hold it) {
      return it.storedValue();
    }
    Operation.Terms terms = terms();
    return terms == null ? NOTHING : terms.storedValue();
  }

  /** The terms of an order that the member has to pay; null for an order that has happened. */
  private Operation.@Nullable Terms terms() {
    if (operation instanceof Operation.Accrual accrual) {
      return accrual.terms().offline() ? null : accrual.terms();
    }
    return operation instanceof Operation.Move move && isReceiver(move)
        ? move.sale().terms()
        : null;
  }

  /** Whether money that was paid in is spent, so that it cannot be paid out. */
  private boolean cannotBePaidOut(long available) {
    if (operation instanceof Operation.Refund refund) {
      SoldOrder order = SoldOrder.of(history(), Optional.of(refund.order()));
      ReturnedParts all = order.returned();
      all.addRest();
      return order.mainShare().toTake(Movement.STORED_VALUE, all) > available;
    }
    return operation instanceof Operation.Reversal reversal
        && isTrueOf(reversal, it -> it.worth(Movement.STORED_VALUE) > available);
  }

  private boolean enrols() {
    return operation instanceof Operation.Accrual || operation instanceof Operation.TopUp;
  }

  private static boolean isMoreThanIsLeft(Operation.Refund refund, SoldOrder order) {
    ReturnedParts back = order.returned();
    if (refund.points() != null) {
      return refund.points() > back.pointsLeft();
    }
    long left = refund.lineId() == null ? back.left() : back.left(refund.lineId());
    return refund.amount() == null ? refund.lineId() != null && left == 0 : refund.amount() > left;
  }

  /** A refunded, moved or cancelled order cannot be reversed, nor can kinds that end otherwise. */
  private boolean isNotReversible(Entry entry) {
    return switch (entry.kind()) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT, GIFT, CAPTURE, TOP_UP, PAYMENT, EXCHANGE, OPENING ->
          CancelledPoints.isCancelled(entry, history())
              || SoldOrder.isMoved(entry, history())
              || SoldOrder.around(entry, history()).isRefunded();
      case REFUND -> false;
      default -> true;
    };
  }
}
