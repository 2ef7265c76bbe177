package points.load.fault.check.entry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;
import points.load.model.RefundDetails;

/** Every entry is the effect of a call that may have been applied, and does what it asked for. */
public final class RequestedEntryRule {
  /** The program's rule: one point for each whole yuan. */
  private static final long AMOUNT_PER_POINT = 100;

  private RequestedEntryRule() {}

  /** Reports entries that nobody asked for, or that do something else. */
  public static void check(MemberHistory member, Findings findings) {
    for (Entry entry : member.entries()) {
      if (isConsequence(member, entry)) {
        continue;
      }
      RequestCalls request = member.request(entry);
      if (request == null) {
        findings.add("nobody asked for an entry", entry);
      } else if (!request.mayBeApplied()) {
        findings.add("an entry exists although every caller was answered that it does not", entry);
      } else if (!isEffect(entry, request.operation())
          || !entry.metadata().equals(metadata(request.operation()))) {
        findings.add("an entry is not what was asked for", entry);
      } else if (leavesAvailableUnpaid(entry, member)) {
        findings.add("an order left something owed that was available", entry);
      }
    }
  }

  /** Whether an entry follows from time, or from another member's entry. Other rules check it. */
  private static boolean isConsequence(MemberHistory member, Entry entry) {
    return switch (entry.kind()) {
      case EXPIRY, RELEASE, ACTIVATION, TIER_REVIEW -> entry.key() == null;
      case TRANSFER_IN, TRANSFER_RETURN, MERGE_IN, MOVE_IN, MOVE_RETURN ->
          member.index().beginOf(entry) != null;
      case REFUND -> RefundDetails.shareOwner(entry) != null;
      default -> false;
    };
  }

  private static boolean isEffect(Entry entry, Operation operation) {
    return isOfKind(entry, operation)
        && (!(operation instanceof Operation.OfOrder it)
            || entry.order().filter(it.order()::equals).isPresent())
        && (!(operation instanceof Operation.ByOperator it)
            || (it.operator().equals(entry.origin().operator())
                && it.reason().equals(entry.origin().reason())));
  }

  /** Checks all but the order and the operator. */
  private static boolean isOfKind(Entry entry, Operation operation) {
    if (operation instanceof Operation.Accrual it) {
      return isAccrual(entry, it);
    } else if (operation instanceof Operation.Deduction it) {
      return isDeduction(entry, it.points(), it.reason());
    } else if (operation instanceof Operation.SharedDeduction it) {
      return isDeduction(entry, it.points(), it.reason())
          && it.sharer().equals(entry.origin().operator());
    } else if (operation instanceof Operation.Adjustment it) {
      return entry.kind() == Kind.ADJUSTMENT && entry.points() == it.points();
    } else if (operation instanceof Operation.Gift it) {
      return isGift(entry, it);
    } else if (operation instanceof Operation.Transfer it) {
      return isTransfer(entry, it.to(), it.points());
    } else if (operation instanceof Operation.Share it) {
      return isTransfer(entry, it.to(), it.points())
          && it.sharer().equals(entry.origin().operator());
    } else if (operation instanceof Operation.Merge it) {
      return entry.kind() == Kind.MERGE_OUT && it.into().equals(otherMember(entry));
    } else if (operation instanceof Operation.Close) {
      return entry.kind() == Kind.CLOSING;
    }
    return isOfMoney(entry, operation)
        || isOfReservation(entry, operation)
        || isUndoing(entry, operation);
  }

  private static boolean isAccrual(Entry entry, Operation.Accrual accrual) {
    long earned = earned(entry, accrual);
    Operation.Terms terms = accrual.terms();
    return entry.kind() == Kind.ACCRUAL
        && entry.points() == earned - terms.points()
        && isPaid(entry, terms)
        && entry.moved(Movement.POINTS, Place.PENDING) == (isPending(terms, entry) ? earned : 0)
        && Objects.equals(
            entry.extra().detail().getString("endsAt"), Objects.toString(terms.effectiveAt(), null))
        && Objects.equals(entry.origin().amount(), accrual.amount())
        && entry.occurredAt().equals(accrual.occurredAt())
        && entry.lines().stream().map(Entry.Line::amount).toList().equals(accrual.lines())
        && (accrual.lines().isEmpty()
            || entry.lines().stream().mapToLong(Entry.Line::points).sum() == earned);
  }

  /** The points of the order; those that a rule book gave, as the ledger says it. */
  private static long earned(Entry entry, Operation.Accrual accrual) {
    JsonObject awarded = entry.extra().detail().getJsonObject(Entry.AWARDED);
    return awarded == null
        ? accrual.amount() / AMOUNT_PER_POINT
        : awarded.getJsonArray("awards").stream()
            .mapToLong(it -> ((JsonArray) it).getLong(2))
            .sum();
  }

  /** Points with an end of their own end then, in whole seconds as all lots do. */
  private static boolean isGift(Entry entry, Operation.Gift gift) {
    Instant expiresAt = gift.expiresAt();
    return entry.kind() == Kind.GIFT
        && entry.points() == gift.points()
        && (expiresAt == null
            || entry.lots().stream()
                .allMatch(it -> it.expiresAt().equals(expiresAt.truncatedTo(ChronoUnit.SECONDS))));
  }

  /**
   * The member owes points that it did not have; the store claims stored value that was missing.
   */
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

  /** Points that are effective already when their order is booked are never pending. */
  private static boolean isPending(Operation.Terms terms, Entry entry) {
    Instant effectiveAt = terms.effectiveAt();
    return terms.pending() && (effectiveAt == null || entry.recordedAt().isBefore(effectiveAt));
  }

  /** Available points and stored value pay before anything is owed or claimed. */
  private static boolean leavesAvailableUnpaid(Entry entry, MemberHistory member) {
    JsonObject detail = entry.extra().detail();
    int before = (int) entry.sequence() - 1;
    boolean isUncovered = entry.kind() == Kind.ACCRUAL && detail.containsKey("debt");
    if (!isUncovered || before >= member.states().size()) {
      return false;
    }
    MemberState state = member.states().get(before);
    long stored = state.account(Movement.STORED_VALUE).available();
    return (detail.getLong("points", 0L) > 0 && entry.spent(Movement.POINTS) < state.available())
        || (detail.getLong("storedValue", 0L) > 0 && entry.spent(Movement.STORED_VALUE) < stored);
  }

  private static Map<String, String> metadata(Operation operation) {
    return operation instanceof Operation.OfOrder it && !(it instanceof Operation.Refund)
        ? OrderMetadata.of(it.orderId())
        : Map.of();
  }

  private static boolean isDeduction(Entry entry, long points, String reason) {
    return entry.kind() == Kind.DEDUCTION
        && entry.points() == -points
        && reason.equals(entry.origin().reason());
  }

  private static boolean isTransfer(Entry entry, String to, long points) {
    return entry.kind() == Kind.TRANSFER_OUT
        && entry.points() == -points
        && to.equals(otherMember(entry));
  }

  private static @Nullable String otherMember(Entry entry) {
    return entry.extra().detail().getString("memberId");
  }

  private static boolean isOfMoney(Entry entry, Operation operation) {
    long stored = entry.worth(Movement.STORED_VALUE);
    if (operation instanceof Operation.TopUp it) {
      return entry.kind() == Kind.TOP_UP
          && stored == it.amount() + it.bonus()
          && Objects.equals(entry.origin().amount(), it.amount());
    } else if (operation instanceof Operation.Payment it) {
      return entry.kind() == Kind.PAYMENT && stored == -it.amount();
    }
    return operation instanceof Operation.Exchange it
        && entry.kind() == Kind.EXCHANGE
        && entry.points() == -it.points()
        && entry.worth(it.to()) == it.get();
  }

  private static boolean isOfReservation(Entry entry, Operation operation) {
    if (operation instanceof Operation.Hold it) {
      return entry.kind() == Kind.HOLD
          && entry.moved(Movement.POINTS, Place.HELD) == it.points()
          && entry.moved(Movement.STORED_VALUE, Place.HELD) == it.storedValue();
    } else if (operation instanceof Operation.Capture it) {
      return entry.kind() == Kind.CAPTURE
          && it.holdId().equals(entry.undone())
          && (it.points() == null || it.points().equals(entry.extra().detail().getLong("points")));
    } else if (operation instanceof Operation.Release it) {
      return entry.kind() == Kind.RELEASE && it.holdId().equals(entry.undone());
    }
    return operation instanceof Operation.EndPending it
        && entry.kind() == (it.activates() ? Kind.ACTIVATION : Kind.CANCELLATION)
        && it.transactionId().equals(entry.undone());
  }

  private static boolean isUndoing(Entry entry, Operation operation) {
    if (operation instanceof Operation.Refund it) {
      return entry.isRefund()
          && it.refundId().equals(entry.extra().part())
          && (it.amount() == null || it.amount().equals(entry.origin().amount()))
          && (it.points() == null
              || it.points().equals(RefundDetails.basis(entry).getLong("unnamed", 0L)))
          && Objects.equals(it.refundStoreId(), entry.refundStoreId().orElse(null))
          && (it.lineId() == null
              || entry.lines().stream().allMatch(line -> line.lineId().equals(it.lineId())));
    } else if (operation instanceof Operation.Move it) {
      return entry.kind() == Kind.MOVE_OUT
          && it.transactionId().equals(entry.extra().part())
          && it.to().equals(otherMember(entry))
          && entry.order().filter(it.sale().order()::equals).isPresent();
    }
    return operation instanceof Operation.Reversal it
        && entry.kind() == Kind.REVERSAL
        && it.transactionId().equals(entry.undone());
  }
}
