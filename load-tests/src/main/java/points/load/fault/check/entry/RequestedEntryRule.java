package points.load.fault.check.entry;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.fault.check.history.VisibleState;
import points.load.fault.check.order.RefundDetails;
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** Every entry is the effect of a call that may have been applied, and is what that call wanted. */
public final class RequestedEntryRule {
  /** The program's rule: one point for each whole yuan. */
  private static final long AMOUNT_PER_POINT = 100;

  private RequestedEntryRule() {}

  public static void check(MemberHistory member, Findings findings) {
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
      } else if (!isEffect(entry, request.operation()) || !isNoted(entry, request.operation())) {
        findings.add("an entry is not what was asked for", request.calls(), List.of(entry));
      } else if (isShortOfWhatIsThere(entry, member)) {
        findings.add(
            "an order left something owing that was there", request.calls(), List.of(entry));
      }
    }
  }

  /** What time did, and what follows from another member's entry; other rules hold for these. */
  private static boolean isByItself(MemberHistory member, Entry entry) {
    String key = entry.key();
    return switch (entry.kind()) {
      case EXPIRY, RELEASE, ACTIVATION -> key == null;
      case TRANSFER_IN, TRANSFER_RETURN, MERGE_IN, MOVE_IN, MOVE_RETURN ->
          key != null && member.index().beginOf(key) != null;
      case REFUND -> RefundDetails.shareOwner(entry) != null;
      default -> false;
    };
  }

  private static boolean isEffect(Entry entry, Operation operation) {
    if (operation instanceof Operation.Accrual accrual) {
      return isAccrual(entry, accrual);
    } else if (operation instanceof Operation.Deduction deduction) {
      return entry.kind() == Entry.Kind.DEDUCTION
          && entry.points() == -deduction.points()
          && deduction.reason().equals(entry.origin().reason())
          && isOf(entry, deduction.storeId(), deduction.orderId());
    } else if (operation instanceof Operation.Adjustment adjustment) {
      return entry.kind() == Entry.Kind.ADJUSTMENT
          && entry.points() == adjustment.points()
          && adjustment.operator().equals(entry.origin().operator())
          && adjustment.reason().equals(entry.origin().reason());
    } else if (operation instanceof Operation.Transfer transfer) {
      return entry.kind() == Entry.Kind.TRANSFER_OUT
          && entry.points() == -transfer.points()
          && transfer.to().equals(entry.extra().detail().getString("memberId"));
    } else if (operation instanceof Operation.Move move) {
      return entry.kind() == Entry.Kind.MOVE_OUT
          && move.transactionId().equals(entry.extra().part())
          && move.to().equals(entry.extra().detail().getString("memberId"))
          && isOf(entry, move.sale().storeId(), move.sale().orderId());
    }
    return isOfHold(entry, operation)
        || isUndoing(entry, operation)
        || isOfMoney(entry, operation)
        || isEnding(entry, operation)
        || isOfPool(entry, operation);
  }

  private static boolean isAccrual(Entry entry, Operation.Accrual accrual) {
    long earned = accrual.amount() / AMOUNT_PER_POINT;
    Operation.Terms terms = accrual.terms();
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
  private static boolean isPaid(Entry entry, Operation.Terms terms) {
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
  private static boolean isShortOfWhatIsThere(Entry entry, MemberHistory member) {
    JsonObject detail = entry.extra().detail();
    int before = (int) entry.sequence() - 1;
    boolean isUncovered = entry.kind() == Entry.Kind.ACCRUAL && detail.containsKey("debt");
    if (!isUncovered || before >= member.states().size()) {
      return false;
    }
    MemberState state = member.states().get(before);
    long stored = VisibleState.available(state, Movement.STORED_VALUE);
    return (detail.getLong("points", 0L) > 0 && entry.spent(Movement.POINTS) < state.available())
        || (detail.getLong("storedValue", 0L) > 0 && entry.spent(Movement.STORED_VALUE) < stored);
  }

  /** It has the notes of its order, and no others. */
  private static boolean isNoted(Entry entry, Operation operation) {
    boolean isNoted =
        operation instanceof Operation.Accrual
            || operation instanceof Operation.Deduction
            || operation instanceof Operation.SharedDeduction
            || operation instanceof Operation.Hold
            || operation instanceof Operation.TopUp
            || operation instanceof Operation.Payment;
    String orderId = entry.origin().orderId();
    return entry
        .extra()
        .metadata()
        .equals(isNoted && orderId != null ? OrderMetadata.of(orderId) : Map.of());
  }

  /** What was effective when it came in never waits. */
  private static boolean isPending(Operation.Terms terms, Entry entry) {
    Instant effectiveAt = terms.effectiveAt();
    return terms.pending() && (effectiveAt == null || entry.recordedAt().isBefore(effectiveAt));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static boolean isOfHold(Entry entry, Operation operation) {
    if (operation instanceof Operation.Hold hold) {
      return entry.kind() == Entry.Kind.HOLD
          && entry.moved(Movement.POINTS, Place.HELD) == hold.points()
          && entry.moved(Movement.STORED_VALUE, Place.HELD) == hold.storedValue()
          && isOf(entry, hold.storeId(), hold.orderId());
    } else if (operation instanceof Operation.Capture capture) {
      return entry.kind() == Entry.Kind.CAPTURE
          && refersTo(entry, capture.holdId())
          && (capture.points() == null
              || capture.points().equals(entry.extra().detail().getLong("points")));
    }
    if (operation instanceof Operation.EndPending end) {
      return entry.kind() == (end.activates() ? Entry.Kind.ACTIVATION : Entry.Kind.CANCELLATION)
          && refersTo(entry, end.transactionId());
    }
    return operation instanceof Operation.Release release
        && entry.kind() == Entry.Kind.RELEASE
        && refersTo(entry, release.holdId());
  }

  private static boolean isUndoing(Entry entry, Operation operation) {
    if (operation instanceof Operation.Refund refund) {
      return entry.kind() == Entry.Kind.REFUND
          && refund.refundId().equals(entry.extra().part())
          && (refund.amount() == null || refund.amount().equals(entry.origin().amount()))
          && (refund.points() == null
              || refund.points().equals(RefundDetails.basis(entry).getLong("unnamed", 0L)))
          && Objects.equals(refund.refundStoreId(), entry.extra().detail().getString("storeId"))
          && (refund.lineId() == null
              || entry.extra().lines().stream().allMatch(it -> it.lineId().equals(refund.lineId())))
          && isOf(entry, refund.storeId(), refund.orderId());
    }
    return operation instanceof Operation.Reversal reversal
        && entry.kind() == Entry.Kind.REVERSAL
        && refersTo(entry, reversal.transactionId())
        && reversal.operator().equals(entry.origin().operator())
        && reversal.reason().equals(entry.origin().reason());
  }

  private static boolean isOfMoney(Entry entry, Operation operation) {
    if (operation instanceof Operation.TopUp topUp) {
      return entry.kind() == Entry.Kind.TOP_UP
          && entry.worth(Movement.STORED_VALUE) == topUp.amount() + topUp.bonus()
          && Objects.equals(entry.origin().amount(), topUp.amount())
          && isOf(entry, topUp.storeId(), topUp.orderId());
    } else if (operation instanceof Operation.Payment payment) {
      return entry.kind() == Entry.Kind.PAYMENT
          && entry.worth(Movement.STORED_VALUE) == -payment.amount()
          && isOf(entry, payment.storeId(), payment.orderId());
    }
    return operation instanceof Operation.Exchange exchange
        && entry.kind() == Entry.Kind.EXCHANGE
        && entry.points() == -exchange.points()
        && entry.worth(exchange.to()) == exchange.get(); // a read makes no entry
  }

  /** The entry says by whom it is. */
  private static boolean isOfPool(Entry entry, Operation operation) {
    if (operation instanceof Operation.Share share) {
      return entry.kind() == Entry.Kind.TRANSFER_OUT
          && entry.points() == -share.points()
          && share.to().equals(entry.extra().detail().getString("memberId"))
          && share.sharer().equals(entry.origin().operator());
    }
    return operation instanceof Operation.SharedDeduction deduction
        && entry.kind() == Entry.Kind.DEDUCTION
        && entry.points() == -deduction.points()
        && deduction.sharer().equals(entry.origin().operator())
        && deduction.reason().equals(entry.origin().reason())
        && isOf(entry, deduction.storeId(), deduction.orderId());
  }

  private static boolean isEnding(Entry entry, Operation operation) {
    if (operation instanceof Operation.Merge merge) {
      return entry.kind() == Entry.Kind.MERGE_OUT
          && merge.into().equals(entry.extra().detail().getString("memberId"))
          && merge.operator().equals(entry.origin().operator())
          && merge.reason().equals(entry.origin().reason());
    }
    return operation instanceof Operation.Close close
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
