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
import points.load.fault.check.history.Request;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.ParkedRefund;

/**
 * A refund that came before its sale is kept. When its member's sale has come, made before the
 * refund, it is applied, or refused because of what the order is; without such a sale it waits. Of
 * two of an order, the first that came is applied first. That it is applied once, and after its
 * sale, others see.
 */
public final class ParkedRefundRule {
  private final MemberHistory member;
  private final Findings findings;

  private ParkedRefundRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    ParkedRefundRule refunds = new ParkedRefundRule(member, findings);
    for (Request request : member.requests()) {
      if (request.operation() instanceof Operation.Refund refund) {
        refunds.check(request, refund, member.index().parked(Request.parkedKey(refund)));
      }
    }
  }

  private void check(Request request, Operation.Refund refund, @Nullable ParkedRefund parked) {
    for (Call call : request.parked()) {
      if (parked == null || !parked.key().equals(request.key())) {
        findings.add("a refund was told to be parked and is not", call);
      } else if (!isTold(call, refund)) {
        findings.add("a refund was told to be parked as another", call);
      }
    }
    List<Entry> own = member.entriesOf(request);
    if (parked != null) {
      settled(request, refund, parked, own);
    } else if (own.stream().anyMatch(it -> Request.parkedKey(refund).equals(it.key()))) {
      find("a refund was applied as a parked one and never was", request, own);
    }
  }

  private void settled(
      Request request, Operation.Refund refund, ParkedRefund parked, List<Entry> own) {
    String refusal = parked.refusal();
    if (parked.transactionId() != null) {
      inTurn(request, parked);
      if (!isSold(refund, parked)) {
        find("a parked refund met another sale than its member's before it", request, own);
      }
      if (own.stream().noneMatch(it -> it.transactionId().equals(parked.transactionId()))) {
        find("a parked refund is said to be applied and is not", request, own);
      }
    } else if (!own.isEmpty()) {
      find("a parked refund is applied and not said to be", request, own);
    } else if (refusal != null) {
      String code = refusal.toLowerCase(Locale.ROOT);
      if (!isTrue(refund, parked, new Answer.Refused(409, code, null))) {
        find("a parked refund was refused for what was never so: " + code, request, own);
      }
    } else if (!parked.isWithdrawn() && isSold(refund, parked)) {
      find("a parked refund was not applied when its sale came", request, own);
    }
  }

  private static boolean isTold(Call call, Operation.Refund refund) {
    JsonObject told = new JsonObject(((Answer.Acknowledged) call.answer()).body());
    return refund.storeId().equals(told.getString("storeId"))
        && refund.orderId().equals(told.getString("orderId"))
        && refund.refundId().equals(told.getString("refundId"));
  }

  /** No entry of a later one of the order is before its own. */
  private void inTurn(Request request, ParkedRefund first) {
    List<ParkedRefund> ofOrder = member.index().parkedOf(first);
    Entry own = member.index().entry(first.transactionId());
    for (ParkedRefund later : ofOrder.subList(ofOrder.indexOf(first) + 1, ofOrder.size())) {
      Entry other = member.index().entry(later.transactionId());
      if (own != null
          && other != null
          && own.memberId().equals(other.memberId())
          && other.sequence() < own.sequence()) {
        find(
            "a parked refund was applied before one that came first", request, List.of(own, other));
      }
    }
  }

  private boolean isSold(Operation.Refund refund, ParkedRefund parked) {
    List<Entry> all = member.index().historyOf(refund.memberId()).entries();
    return all.stream()
        .anyMatch(
            it ->
                it.kind() == Entry.Kind.ACCRUAL
                    && refund.orderId().equals(it.origin().orderId())
                    && refund.storeId().equals(it.origin().storeId())
                    && !it.occurredAt().isAfter(parked.occurredAt()));
  }

  /** Of its member, or of whom it goes on as, at any time since the sale. */
  private boolean isTrue(Operation.Refund refund, ParkedRefund parked, Answer.Refused refused) {
    return isSold(refund, parked)
        && member.index().merged().from(refund.memberId()).stream()
            .map(member.index()::historyOf)
            .anyMatch(
                it ->
                    IntStream.range(0, it.states().size())
                        .mapToObj(k -> new RefusalCheck(refund, it, k, Instant.MAX))
                        .anyMatch(claim -> claim.isTrue(refused, VisibleState.of(claim.state()))));
  }

  private void find(String what, Request request, List<Entry> entries) {
    findings.add(what, request.calls(), entries);
  }
}
