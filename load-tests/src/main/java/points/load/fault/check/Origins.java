package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Notes;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Member;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;

/** Every entry is the effect of a call that may have been applied, and is what that call wanted. */
final class Origins {
  /** The program's rule: one point for each whole yuan. */
  private static final long AMOUNT_PER_POINT = 100;

  private Origins() {}

  static void check(MemberCase member, Findings findings) {
    for (Entry entry : member.entries()) {
      Request request = member.request(entry);
      if (isByItself(member, entry)) {
        continue;
      }
      if (request == null) {
        findings.add("nobody asked for an entry", List.of(), List.of(entry));
      } else if (!request.mayBeApplied()) {
        findings.add(
            "an entry of which every caller was told that it was not made",
            request.calls(),
            List.of(entry));
      } else if (!isEffect(entry, request.wish()) || !isNoted(entry, request.wish())) {
        findings.add("an entry is not what was asked for", request.calls(), List.of(entry));
      } else if (isShortOfWhatIsThere(entry, member)) {
        findings.add(
            "an order left something owing that was there", request.calls(), List.of(entry));
      }
    }
  }

  /** What time did, and what follows from another member's entry; other rules hold for these. */
  private static boolean isByItself(MemberCase member, Entry entry) {
    String key = entry.key();
    return switch (entry.kind()) {
      case EXPIRY, RELEASE, ACTIVATION -> key == null;
      case TRANSFER_IN, TRANSFER_RETURN, MERGE_IN, MOVE_IN, MOVE_RETURN ->
          key != null && member.whole().beginOf(key) != null;
      case REFUND -> SoldOrder.shareOwner(entry) != null;
      default -> false;
    };
  }

  private static boolean isEffect(Entry entry, Wish wish) {
    if (wish instanceof Wish.Accrual accrual) {
      return isAccrual(entry, accrual);
    } else if (wish instanceof Wish.Deduction deduction) {
      return entry.kind() == Entry.Kind.DEDUCTION
          && entry.points() == -deduction.points()
          && deduction.reason().equals(entry.origin().reason())
          && isOf(entry, deduction.storeId(), deduction.orderId());
    } else if (wish instanceof Wish.Adjustment adjustment) {
      return entry.kind() == Entry.Kind.ADJUSTMENT
          && entry.points() == adjustment.points()
          && adjustment.operator().equals(entry.origin().operator())
          && adjustment.reason().equals(entry.origin().reason());
    } else if (wish instanceof Wish.Transfer transfer) {
      return entry.kind() == Entry.Kind.TRANSFER_OUT
          && entry.points() == -transfer.points()
          && transfer.to().equals(entry.extra().detail().getString("memberId"));
    } else if (wish instanceof Wish.Move move) {
      return entry.kind() == Entry.Kind.MOVE_OUT
          && move.transactionId().equals(entry.extra().part())
          && move.to().equals(entry.extra().detail().getString("memberId"))
          && isOf(entry, move.sale().storeId(), move.sale().orderId());
    }
    return isOfHold(entry, wish)
        || isUndoing(entry, wish)
        || isOfMoney(entry, wish)
        || isEnding(entry, wish)
        || isOfPool(entry, wish);
  }

  private static boolean isAccrual(Entry entry, Wish.Accrual accrual) {
    long earned = accrual.amount() / AMOUNT_PER_POINT;
    Wish.Terms terms = accrual.terms();
    return entry.kind() == Entry.Kind.ACCRUAL
        && entry.points() == earned - terms.points()
        && isPaid(entry, terms)
        && entry.moved(Movement.POINTS, Place.PENDING) == (isPending(terms, entry) ? earned : 0)
        && Objects.equals(entry.extra().detail().getString("endsAt"), text(terms.effectiveAt()))
        && Objects.equals(entry.origin().amount(), accrual.amount())
        && entry.occurredAt().equals(accrual.occurredAt())
        && isOf(entry, accrual.storeId(), accrual.orderId())
        && entry.extra().lines().stream().map(Entry.Line::amount).toList().equals(accrual.lines())
        && (accrual.lines().isEmpty()
            || entry.extra().lines().stream().mapToLong(Entry.Line::points).sum() == earned);
  }

  /** The member owes the points that were not there; the store claims the stored value. */
  private static boolean isPaid(Entry entry, Wish.Terms terms) {
    JsonObject detail = entry.extra().detail();
    boolean isCovered = !detail.containsKey("debt");
    long points = isCovered ? 0 : detail.getLong("points", 0L);
    long storedValue = isCovered ? 0 : detail.getLong("storedValue", 0L);
    return (isCovered || (terms.offline() && points + storedValue > 0))
        && entry.spent(Movement.POINTS) == terms.points() - points
        && entry.spent(Movement.STORED_VALUE) == terms.storedValue() - storedValue
        && (isCovered
            || (detail.getLong("debt", 0L) == points
                && detail.getLong("claim", 0L) == storedValue));
  }

  /** What is there pays before anything is owed or claimed. */
  private static boolean isShortOfWhatIsThere(Entry entry, MemberCase member) {
    JsonObject detail = entry.extra().detail();
    int before = (int) entry.sequence() - 1;
    boolean isUncovered = entry.kind() == Entry.Kind.ACCRUAL && detail.containsKey("debt");
    if (!isUncovered || before >= member.states().size()) {
      return false;
    }
    Member state = member.states().get(before);
    long stored = View.available(state, Movement.STORED_VALUE);
    return (detail.getLong("points", 0L) > 0 && entry.spent(Movement.POINTS) < state.available())
        || (detail.getLong("storedValue", 0L) > 0 && entry.spent(Movement.STORED_VALUE) < stored);
  }

  /** It has the notes of its order, and no others. */
  private static boolean isNoted(Entry entry, Wish wish) {
    boolean isNoted =
        wish instanceof Wish.Accrual
            || wish instanceof Wish.Deduction
            || wish instanceof Wish.SharedDeduction
            || wish instanceof Wish.Hold
            || wish instanceof Wish.TopUp
            || wish instanceof Wish.Payment;
    String orderId = entry.origin().orderId();
    return entry
        .extra()
        .metadata()
        .equals(isNoted && orderId != null ? Notes.of(orderId) : Map.of());
  }

  /** What was effective when it came in never waits. */
  private static boolean isPending(Wish.Terms terms, Entry entry) {
    Instant effectiveAt = terms.effectiveAt();
    return terms.pending() && (effectiveAt == null || entry.recordedAt().isBefore(effectiveAt));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static boolean isOfHold(Entry entry, Wish wish) {
    if (wish instanceof Wish.Hold hold) {
      return entry.kind() == Entry.Kind.HOLD
          && entry.moved(Movement.POINTS, Place.HELD) == hold.points()
          && entry.moved(Movement.STORED_VALUE, Place.HELD) == hold.storedValue()
          && isOf(entry, hold.storeId(), hold.orderId());
    } else if (wish instanceof Wish.Capture capture) {
      return entry.kind() == Entry.Kind.CAPTURE
          && refersTo(entry, capture.holdId())
          && (capture.points() == null
              || capture.points().equals(entry.extra().detail().getLong("points")));
    }
    if (wish instanceof Wish.EndPending end) {
      return entry.kind() == (end.activates() ? Entry.Kind.ACTIVATION : Entry.Kind.CANCELLATION)
          && refersTo(entry, end.transactionId());
    }
    return wish instanceof Wish.Release release
        && entry.kind() == Entry.Kind.RELEASE
        && refersTo(entry, release.holdId());
  }

  private static boolean isUndoing(Entry entry, Wish wish) {
    if (wish instanceof Wish.Refund refund) {
      return entry.kind() == Entry.Kind.REFUND
          && refund.refundId().equals(entry.extra().part())
          && (refund.amount() == null || refund.amount().equals(entry.origin().amount()))
          && (refund.points() == null
              || refund.points().equals(SoldOrder.basis(entry).getLong("unnamed", 0L)))
          && Objects.equals(refund.refundStoreId(), entry.extra().detail().getString("storeId"))
          && (refund.lineId() == null
              || entry.extra().lines().stream().allMatch(it -> it.lineId().equals(refund.lineId())))
          && isOf(entry, refund.storeId(), refund.orderId());
    }
    return wish instanceof Wish.Reversal reversal
        && entry.kind() == Entry.Kind.REVERSAL
        && refersTo(entry, reversal.transactionId())
        && reversal.operator().equals(entry.origin().operator())
        && reversal.reason().equals(entry.origin().reason());
  }

  private static boolean isOfMoney(Entry entry, Wish wish) {
    if (wish instanceof Wish.TopUp topUp) {
      return entry.kind() == Entry.Kind.TOP_UP
          && entry.worth(Movement.STORED_VALUE) == topUp.amount() + topUp.bonus()
          && Objects.equals(entry.origin().amount(), topUp.amount())
          && isOf(entry, topUp.storeId(), topUp.orderId());
    } else if (wish instanceof Wish.Payment payment) {
      return entry.kind() == Entry.Kind.PAYMENT
          && entry.worth(Movement.STORED_VALUE) == -payment.amount()
          && isOf(entry, payment.storeId(), payment.orderId());
    }
    return wish instanceof Wish.Exchange exchange
        && entry.kind() == Entry.Kind.EXCHANGE
        && entry.points() == -exchange.points()
        && entry.worth(exchange.to()) == exchange.get(); // a read makes no entry
  }

  /** The entry says by whom it is. */
  private static boolean isOfPool(Entry entry, Wish wish) {
    if (wish instanceof Wish.Share share) {
      return entry.kind() == Entry.Kind.TRANSFER_OUT
          && entry.points() == -share.points()
          && share.to().equals(entry.extra().detail().getString("memberId"))
          && share.sharer().equals(entry.origin().operator());
    }
    return wish instanceof Wish.SharedDeduction deduction
        && entry.kind() == Entry.Kind.DEDUCTION
        && entry.points() == -deduction.points()
        && deduction.sharer().equals(entry.origin().operator())
        && deduction.reason().equals(entry.origin().reason())
        && isOf(entry, deduction.storeId(), deduction.orderId());
  }

  private static boolean isEnding(Entry entry, Wish wish) {
    if (wish instanceof Wish.Merge merge) {
      return entry.kind() == Entry.Kind.MERGE_OUT
          && merge.into().equals(entry.extra().detail().getString("memberId"))
          && merge.operator().equals(entry.origin().operator())
          && merge.reason().equals(entry.origin().reason());
    }
    return wish instanceof Wish.Close close
        && entry.kind() == Entry.Kind.CLOSING
        && close.operator().equals(entry.origin().operator())
        && close.reason().equals(entry.origin().reason());
  }

  private static boolean refersTo(Entry entry, String transactionId) {
    return transactionId.equals(entry.undone());
  }

  private static boolean isOf(Entry entry, String storeId, String orderId) {
    return storeId.equals(entry.origin().storeId()) && orderId.equals(entry.origin().orderId());
  }
}
