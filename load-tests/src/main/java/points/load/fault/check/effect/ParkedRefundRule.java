package points.load.fault.check.effect;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.answer.RefusalCheck;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.ParkedRefund;

/**
 * A refund that arrives before its sale is parked. Once its member has that sale, made before the
 * refund, it is applied, or refused for what the order is; until then it waits. Of two refunds of
 * an order the one that arrived first is applied first. Other rules check that it is applied once,
 * and after its sale.
 */
public final class ParkedRefundRule {
  private final MemberHistory member;
  private final Findings findings;

  private ParkedRefundRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  /** Reports parked refunds that are forgotten, applied wrongly or refused wrongly. */
  public static void check(MemberHistory member, Findings findings) {
    ParkedRefundRule rule = new ParkedRefundRule(member, findings);
    for (RequestCalls request : member.requests()) {
      if (request.operation() instanceof Operation.Refund refund) {
        rule.check(request, refund, member.index().parked(RequestCalls.parkedKey(refund)));
      }
    }
  }

  private void check(RequestCalls request, Operation.Refund refund, @Nullable ParkedRefund parked) {
    for (Call call : request.parked()) {
      if (parked == null || !parked.key().equals(request.key())) {
        findings.add("a refund was answered as parked and is not", call);
      } else if (!isOf(call, refund)) {
        findings.add("a refund was answered as another one that is parked", call);
      }
    }
    List<Entry> own = member.entriesOf(request);
    if (parked != null) {
      checkResult(request, refund, parked, own);
    } else if (own.stream().anyMatch(it -> RequestCalls.parkedKey(refund).equals(it.key()))) {
      add("a refund was applied as a parked one and never was parked", request, own);
    }
  }

  private static boolean isOf(Call call, Operation.Refund refund) {
    JsonObject body = new JsonObject(((RecordedAnswer.Acknowledged) call.answer()).body());
    return refund.storeId().equals(body.getString("storeId"))
        && refund.orderId().equals(body.getString("orderId"))
        && refund.refundId().equals(body.getString("refundId"));
  }

  private void checkResult(
      RequestCalls request, Operation.Refund refund, ParkedRefund parked, List<Entry> own) {
    String refusal = parked.refusal();
    if (parked.transactionId() != null) {
      checkTurn(request, parked);
      if (!isSold(refund, parked)) {
        add("a parked refund was applied to a sale that is not its own", request, own);
      }
      if (own.stream().noneMatch(it -> it.transactionId().equals(parked.transactionId()))) {
        add("a parked refund is marked as applied and is not", request, own);
      }
    } else if (!own.isEmpty()) {
      add("a parked refund is applied and not marked so", request, own);
    } else if (refusal != null) {
      String code = refusal.toLowerCase(Locale.ROOT);
      if (!isTrue(refund, parked, new RecordedAnswer.Refused(409, code, null))) {
        add("a parked refund was refused for what was never true: " + code, request, own);
      }
    } else if (!parked.isWithdrawn() && isSold(refund, parked)) {
      add("a parked refund was not applied when its sale came", request, own);
    }
  }

  /** No entry of a later refund of the order is before that of this one. */
  private void checkTurn(RequestCalls request, ParkedRefund first) {
    List<ParkedRefund> ofOrder = member.index().parkedOf(first);
    Entry own = member.index().entry(first.transactionId());
    for (ParkedRefund later : ofOrder.subList(ofOrder.indexOf(first) + 1, ofOrder.size())) {
      Entry other = member.index().entry(later.transactionId());
      if (own != null
          && other != null
          && own.memberId().equals(other.memberId())
          && other.sequence() < own.sequence()) {
        add("a parked refund was applied before an earlier one", request, List.of(own, other));
      }
    }
  }

  private boolean isSold(Operation.Refund refund, ParkedRefund parked) {
    return member.index().historyOf(refund.memberId()).entries().stream()
        .filter(
            it -> it.kind() == Entry.Kind.ACCRUAL && !it.occurredAt().isAfter(parked.occurredAt()))
        .anyMatch(it -> it.order().filter(refund.order()::equals).isPresent());
  }

  /** Whether a refusal is true of any state since the sale, of the member or a later one. */
  private boolean isTrue(
      Operation.Refund refund, ParkedRefund parked, RecordedAnswer.Refused refused) {
    return isSold(refund, parked)
        && member.index().merges().from(refund.memberId()).stream()
            .map(member.index()::historyOf)
            .anyMatch(
                it ->
                    IntStream.range(0, it.states().size())
                        .mapToObj(k -> new RefusalCheck(refund, it, k, Instant.MAX))
                        .anyMatch(check -> check.isTrue(refused, VisibleState.of(check.state()))));
  }

  private void add(String what, RequestCalls request, List<Entry> entries) {
    findings.add(what, request.calls(), entries);
  }
}
