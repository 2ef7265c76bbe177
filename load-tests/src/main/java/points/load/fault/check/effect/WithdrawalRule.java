package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.ParkedRefund;

/**
 * A withdrawn refund is never applied, and no refund is withdrawn that nobody asked to withdraw. A
 * withdrawal is refused as too late only when the sale has come.
 */
public final class WithdrawalRule {
  private final MemberHistory member;
  private final Findings findings;

  private WithdrawalRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  /** Reports withdrawals without effect, and refusals of withdrawals that are not true. */
  public static void check(MemberHistory member, Findings findings) {
    WithdrawalRule rule = new WithdrawalRule(member, findings);
    for (RequestCalls request : member.requests()) {
      if (request.operation() instanceof Operation.Withdrawal it) {
        ParkedRefund parked =
            member.index().parked(ParkedRefund.entryKey(it.storeId(), it.orderId(), it.refundId()));
        request.acknowledged().forEach(call -> rule.checkDone(call, it, parked));
        request.refused().forEach(call -> rule.checkRefused(call, it, parked));
      } else if (request.operation() instanceof Operation.Refund refund) {
        rule.checkRefund(request, refund);
      }
    }
  }

  private void checkDone(
      Call call, Operation.Withdrawal withdrawal, @Nullable ParkedRefund parked) {
    JsonObject body = new JsonObject(((RecordedAnswer.Acknowledged) call.answer()).body());
    if (parked == null || !parked.isWithdrawn()) {
      findings.add("a refund was answered as withdrawn and is not", call);
    } else if (!"withdrawn".equals(body.getString("status"))
        || !withdrawal.storeId().equals(body.getString("storeId"))
        || !withdrawal.orderId().equals(body.getString("orderId"))
        || !withdrawal.refundId().equals(body.getString("refundId"))) {
      findings.add("a refund was answered as another one that is withdrawn", call);
    }
  }

  private void checkRefused(
      Call call, Operation.Withdrawal withdrawal, @Nullable ParkedRefund parked) {
    boolean isTrue =
        switch (((RecordedAnswer.Refused) call.answer()).code()) {
          case "parked_refund_not_found" -> parked == null || !wasParkedBefore(call, withdrawal);
          case "refund_not_waiting" ->
              parked != null && (parked.transactionId() != null || parked.refusal() != null);
          default -> false; // no other refusal fits a withdrawal
        };
    if (!isTrue) {
      findings.add("a withdrawal was refused for what was never true", call);
    }
  }

  private boolean wasParkedBefore(Call call, Operation.Withdrawal withdrawal) {
    return member.calls().stream()
        .filter(it -> it.end() < call.begin() && it.answer() instanceof RecordedAnswer.Acknowledged)
        .anyMatch(
            it -> it.operation() instanceof Operation.Refund refund && withdrawal.isOf(refund));
  }

  private void checkRefund(RequestCalls request, Operation.Refund refund) {
    ParkedRefund parked = member.index().parked(RequestCalls.parkedKey(refund));
    if (parked == null || !parked.isWithdrawn()) {
      return;
    }
    List<Entry> own = member.entriesOf(request);
    if (!own.isEmpty() || parked.transactionId() != null) {
      findings.add("a withdrawn refund is applied", request.calls(), own);
    } else if (member.requests().stream().noneMatch(it -> mayWithdraw(it, refund))) {
      findings.add("a refund was withdrawn and nobody asked for that", request.calls(), own);
    }
  }

  private static boolean mayWithdraw(RequestCalls request, Operation.Refund refund) {
    return request.operation() instanceof Operation.Withdrawal withdrawal
        && withdrawal.isOf(refund)
        && request.mayBeApplied();
  }
}
