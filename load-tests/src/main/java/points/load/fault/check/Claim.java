package points.load.fault.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Member;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;

/**
 * What a refusal says of a member.
 *
 * @param number of entries that the member had
 * @param by what others had done with the same orders counts up to this time
 */
record Claim(Wish wish, MemberCase member, int number, Instant by) {
  /** The most that a member may have set aside at a time. */
  private static final int RESERVES_MAX = 100;

  Member state() {
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
  boolean isTrue(Answer.Refused refused, View view) {
    return switch (refused.code()) {
      case "insufficient_points" -> isTooFew(refused.available(), view.available(), points());
      case "insufficient_stored_value" ->
          isTooFew(refused.available(), view.storedValue(), storedValue())
              || isSpentBefore(view.storedValue());
      case "member_not_found" -> number == 0 && !enrols();
      case "member_closed" -> state().others().status() == Member.Status.CLOSED;
      case "member_merged" -> state().others().status() == Member.Status.MERGED;
      case "member_has_holds" -> ends() && holds(view);
      case "too_much_set_aside" ->
          setsAside() && state().others().reserves().size() - view.ended().size() >= RESERVES_MAX;
      default ->
          new ClaimOfEnd(wish, before(), state()).isTrue(refused.code(), view)
              || isTrueOfUndoing(refused.code());
    };
  }

  private boolean isTrueOfUndoing(String code) {
    if (wish instanceof Wish.Refund refund) {
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
    if (wish instanceof Wish.Reversal reversal) {
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
    return wish instanceof Wish.Move move && new ClaimOfMove(move, history(), state()).isTrue(code);
  }

  /** The member it names, and all as whom that one goes on, took no part. */
  private boolean isOfNobodyOf(SoldOrder order) {
    Merged merged = member.whole().merged();
    Set<String> named = Set.copyOf(merged.from(wish.memberId()));
    return order.members().stream()
            .noneMatch(it -> merged.from(it).stream().anyMatch(named::contains))
        && !order.isOf(wish.memberId());
  }

  private static boolean isTooFew(@Nullable Long told, long there, long wanted) {
    return told != null && told == there && told < wanted;
  }

  private boolean ends() {
    return wish instanceof Wish.Merge || wish instanceof Wish.Close;
  }

  private boolean holds(View view) {
    return state().others().reserves().stream()
        .anyMatch(it -> it.place() == Place.HELD && !view.ended().contains(it.sequence()));
  }

  private boolean setsAside() {
    return wish instanceof Wish.Hold
        || (wish instanceof Wish.Accrual accrual && accrual.terms().pending())
        || (wish instanceof Wish.Move move && move.sale().terms().pending() && isReceiver(move));
  }

  private boolean isReceiver(Wish.Move move) {
    return move.to().equals(member.memberId());
  }

  /** What is wanted of the member; nothing is ever too few for an order that happened already. */
  private long points() {
    if (wish instanceof Wish.Accrual accrual) {
      return accrual.terms().offline() ? Long.MIN_VALUE : accrual.terms().points();
    } else if (wish instanceof Wish.Deduction deduction) {
      return deduction.points();
    } else if (wish instanceof Wish.Adjustment adjustment) {
      return -adjustment.points();
    } else if (wish instanceof Wish.Hold hold) {
      return hold.points();
    } else if (wish instanceof Wish.Exchange exchange) {
      return exchange.points();
    }
    return pointsSentOrShared();
  }

  private long pointsSentOrShared() {
    if (wish instanceof Wish.Transfer transfer) {
      return transfer.points();
    } else if (wish instanceof Wish.SharedDeduction deduction) {
      return deduction.points();
    } else if (wish instanceof Wish.Move move) {
      return isReceiver(move) ? move.sale().terms().points() : Long.MIN_VALUE;
    }
    return wish instanceof Wish.Share share ? share.points() : Long.MIN_VALUE;
  }

  private long storedValue() {
    if (wish instanceof Wish.Payment payment) {
      return payment.amount();
    } else if (wish instanceof Wish.Accrual accrual) {
      return accrual.terms().offline() ? Long.MIN_VALUE : accrual.terms().storedValue();
    } else if (wish instanceof Wish.Move move) {
      return isReceiver(move) ? move.sale().terms().storedValue() : Long.MIN_VALUE;
    }
    return wish instanceof Wish.Hold hold ? hold.storedValue() : Long.MIN_VALUE;
  }

  /** What was paid in cannot be paid out any more. */
  private boolean isSpentBefore(long there) {
    if (wish instanceof Wish.Refund refund) {
      SoldOrder order = SoldOrder.of(history(), refund.storeId(), refund.orderId());
      CameBack all = order.cameBack();
      all.addRest();
      return order.mainShare().toTake(Movement.STORED_VALUE, all) > there;
    }
    return wish instanceof Wish.Reversal reversal
        && history().stream()
            .filter(it -> it.transactionId().equals(reversal.transactionId()))
            .anyMatch(it -> it.worth(Movement.STORED_VALUE) > there);
  }

  private boolean enrols() {
    return wish instanceof Wish.Accrual || wish instanceof Wish.TopUp;
  }

  private static boolean isMoreThanIsLeft(Wish.Refund refund, SoldOrder order) {
    CameBack back = order.cameBack();
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
          Cancellations.isCancelled(entry, history())
              || SoldOrder.isMoved(entry, history())
              || SoldOrder.around(entry, history()).isRefunded();
      case REFUND -> false;
      default -> true;
    };
  }
}
