package points.load.fault.check;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Parked;

/**
 * A parked refund that was withdrawn is never applied, and none is withdrawn that nobody wanted so.
 * Who is too late is told so only if its sale had come.
 */
final class Withdrawals {
  private final MemberCase member;
  private final Findings findings;

  private Withdrawals(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Withdrawals withdrawals = new Withdrawals(member, findings);
    for (Request request : member.requests()) {
      if (request.wish() instanceof Wish.Withdrawal wish) {
        Parked parked =
            member.whole().parked(Parked.entryKey(wish.storeId(), wish.orderId(), wish.refundId()));
        request.acknowledged().forEach(call -> withdrawals.done(call, wish, parked));
        request.refused().forEach(call -> withdrawals.refused(call, wish, parked));
      } else if (request.wish() instanceof Wish.Refund refund) {
        withdrawals.refund(request, refund);
      }
    }
  }

  private void done(Call call, Wish.Withdrawal wish, @Nullable Parked parked) {
    JsonObject told = new JsonObject(((Answer.Acknowledged) call.answer()).body());
    if (parked == null || !parked.isWithdrawn()) {
      find("a refund was told to be withdrawn and is not", call);
    } else if (!"withdrawn".equals(told.getString("status"))
        || !wish.storeId().equals(told.getString("storeId"))
        || !wish.orderId().equals(told.getString("orderId"))
        || !wish.refundId().equals(told.getString("refundId"))) {
      find("a refund was told to be withdrawn as another", call);
    }
  }

  private void refused(Call call, Wish.Withdrawal wish, @Nullable Parked parked) {
    boolean isTrue =
        switch (((Answer.Refused) call.answer()).code()) {
          case "parked_refund_not_found" -> parked == null || !wasParkedBefore(call, wish);
          case "refund_not_waiting" ->
              parked != null && (parked.transactionId() != null || parked.refusal() != null);
          default -> false; // nothing else deserves it
        };
    if (!isTrue) {
      find("who withdraws a refund was refused for what was never so", call);
    }
  }

  private boolean wasParkedBefore(Call withdrawal, Wish.Withdrawal wish) {
    return member.calls().stream()
        .filter(it -> it.end() < withdrawal.begin() && it.answer() instanceof Answer.Acknowledged)
        .anyMatch(
            it ->
                it.wish() instanceof Wish.Refund refund
                    && refund.refundId().equals(wish.refundId())
                    && refund.orderId().equals(wish.orderId())
                    && refund.storeId().equals(wish.storeId()));
  }

  private void refund(Request request, Wish.Refund refund) {
    Parked parked = member.whole().parked(Request.parkedKey(refund));
    if (parked == null || !parked.isWithdrawn()) {
      return;
    }
    List<Entry> own = member.entriesOf(request);
    if (!own.isEmpty() || parked.transactionId() != null) {
      findings.add("a refund that was withdrawn is applied", request.calls(), own);
    } else if (!mayBeWanted(refund)) {
      findings.add("a refund was withdrawn and nobody wanted that", request.calls(), own);
    }
  }

  private boolean mayBeWanted(Wish.Refund refund) {
    for (Request request : member.requests()) {
      if (request.wish() instanceof Wish.Withdrawal wish
          && refund.refundId().equals(wish.refundId())
          && refund.orderId().equals(wish.orderId())
          && refund.storeId().equals(wish.storeId())
          && request.mayBeApplied()) {
        return true;
      }
    }
    return false;
  }

  private void find(String what, Call call) {
    findings.add(what, List.of(call), List.of());
  }
}
