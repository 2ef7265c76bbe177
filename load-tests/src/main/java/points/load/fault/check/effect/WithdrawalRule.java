package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.ParkedRefund;

/**
 * A parked refund that was withdrawn is never applied, and none is withdrawn that nobody wanted so.
 * Who is too late is told so only if its sale had come.
 */
public final class WithdrawalRule {
  private final MemberHistory member;
  private final Findings findings;

  private WithdrawalRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    WithdrawalRule withdrawals = new WithdrawalRule(member, findings);
    for (Request request : member.requests()) {
      if (request.operation() instanceof Operation.Withdrawal operation) {
        ParkedRefund parked =
            member
                .index()
                .parked(
                    ParkedRefund.entryKey(
                        operation.storeId(), operation.orderId(), operation.refundId()));
        request.acknowledged().forEach(call -> withdrawals.done(call, operation, parked));
        request.refused().forEach(call -> withdrawals.refused(call, operation, parked));
      } else if (request.operation() instanceof Operation.Refund refund) {
        withdrawals.refund(request, refund);
      }
    }
  }

  private void done(Call call, Operation.Withdrawal operation, @Nullable ParkedRefund parked) {
    JsonObject told = new JsonObject(((Answer.Acknowledged) call.answer()).body());
    if (parked == null || !parked.isWithdrawn()) {
      findings.add("a refund was told to be withdrawn and is not", call);
    } else if (!"withdrawn".equals(told.getString("status"))
        || !operation.storeId().equals(told.getString("storeId"))
        || !operation.orderId().equals(told.getString("orderId"))
        || !operation.refundId().equals(told.getString("refundId"))) {
      findings.add("a refund was told to be withdrawn as another", call);
    }
  }

  private void refused(Call call, Operation.Withdrawal operation, @Nullable ParkedRefund parked) {
    boolean isTrue =
        switch (((Answer.Refused) call.answer()).code()) {
          case "parked_refund_not_found" -> parked == null || !wasParkedBefore(call, operation);
          case "refund_not_waiting" ->
              parked != null && (parked.transactionId() != null || parked.refusal() != null);
          default -> false; // nothing else deserves it
        };
    if (!isTrue) {
      findings.add("who withdraws a refund was refused for what was never so", call);
    }
  }

  private boolean wasParkedBefore(Call withdrawal, Operation.Withdrawal operation) {
    return member.calls().stream()
        .filter(it -> it.end() < withdrawal.begin() && it.answer() instanceof Answer.Acknowledged)
        .anyMatch(
            it ->
                it.operation() instanceof Operation.Refund refund
                    && refund.refundId().equals(operation.refundId())
                    && refund.orderId().equals(operation.orderId())
                    && refund.storeId().equals(operation.storeId()));
  }

  private void refund(Request request, Operation.Refund refund) {
    ParkedRefund parked = member.index().parked(Request.parkedKey(refund));
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

  private boolean mayBeWanted(Operation.Refund refund) {
    for (Request request : member.requests()) {
      if (request.operation() instanceof Operation.Withdrawal operation
          && refund.refundId().equals(operation.refundId())
          && refund.orderId().equals(operation.orderId())
          && refund.storeId().equals(operation.storeId())
          && request.mayBeApplied()) {
        return true;
      }
    }
    return false;
  }
}
