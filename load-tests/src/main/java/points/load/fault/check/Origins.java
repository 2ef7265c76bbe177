package points.load.fault.check;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;

/** Every entry is the effect of a call that may have been applied, and is what that call wanted. */
final class Origins {
  /** The program's rule: one point for each whole yuan. */
  private static final long AMOUNT_PER_POINT = 100;

  private Origins() {}

  static void check(MemberCase member, Findings findings) {
    for (Entry entry : member.entries()) {
      Request request = member.request(entry);
      if (entry.kind() == Entry.Kind.EXPIRY && entry.key() == null) {
        continue; // time asked for it; whether its points may go is a matter of the sums
      }
      if (request == null) {
        findings.add("nobody asked for an entry", List.of(), List.of(entry));
      } else if (!request.mayBeApplied()) {
        findings.add(
            "an entry of which every caller was told that it was not made",
            request.calls(),
            List.of(entry));
      } else if (!isEffect(entry, request.wish())) {
        findings.add("an entry is not what was asked for", request.calls(), List.of(entry));
      }
    }
  }

  private static boolean isEffect(Entry entry, Wish wish) {
    if (wish instanceof Wish.Accrual accrual) {
      return entry.kind() == Entry.Kind.ACCRUAL
          && entry.points() == accrual.amount() / AMOUNT_PER_POINT
          && Objects.equals(entry.origin().amount(), accrual.amount())
          && same(entry.occurredAt(), accrual.occurredAt())
          && isOf(entry, accrual.storeId(), accrual.orderId());
    }
    if (wish instanceof Wish.Deduction deduction) {
      return entry.kind() == Entry.Kind.DEDUCTION
          && entry.points() == -deduction.points()
          && deduction.reason().equals(entry.origin().reason())
          && isOf(entry, deduction.storeId(), deduction.orderId());
    }
    if (wish instanceof Wish.Adjustment adjustment) {
      return entry.kind() == Entry.Kind.ADJUSTMENT
          && entry.points() == adjustment.points()
          && adjustment.operator().equals(entry.origin().operator())
          && adjustment.reason().equals(entry.origin().reason());
    }
    return false; // a read makes no entry
  }

  private static boolean isOf(Entry entry, String storeId, String orderId) {
    return storeId.equals(entry.origin().storeId()) && orderId.equals(entry.origin().orderId());
  }

  private static boolean same(Instant booked, Instant asked) {
    return booked.equals(asked);
  }
}
