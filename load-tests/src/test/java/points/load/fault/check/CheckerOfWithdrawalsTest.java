package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.finding.Rule.PARKED_REFUNDS_ARE_APPLIED;
import static points.load.fault.check.finding.Rule.REPLAYS_ARE_EQUAL;
import static points.load.fault.check.finding.Rule.WITHDRAWN_REFUNDS_ARE_NOT_APPLIED;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.ParkedRefund;

/** The rules about parked refunds that are withdrawn. */
class CheckerOfWithdrawalsTest {
  private static final Operation.Refund REFUND =
      new Operation.Refund("m", "S1", "o1", "r1", null, 3_000L);
  private static final Operation WITHDRAWAL = new Operation.Withdrawal("m", "S1", "o1", "r1");

  private final HistoryBuilder builder = new HistoryBuilder();

  @Test
  void a_withdrawn_refund_is_not_applied_to_its_sale() {
    String key = parks();
    builder.asks(WITHDRAWAL, -1, withdrawn("r1"));
    builder.accrues("m", "o1", 70);
    ends(key, null, "WITHDRAWN");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_withdrawn_refund_applied() {
    String key = parks();
    builder.asks(WITHDRAWAL, -1, withdrawn("r1"));
    builder.accrues("m", "o1", 70);
    applies();
    ends(key, null, "WITHDRAWN");
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(PARKED_REFUNDS_ARE_APPLIED, WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void reports_a_waiting_refund_answered_as_withdrawn() {
    String key = parks();
    builder.asks(WITHDRAWAL, -1, withdrawn("r1"));
    ends(key, null, null);
    assertThat(builder.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_refund_answered_as_another_withdrawn_one_is_reported() {
    String key = parks();
    builder.asks(WITHDRAWAL, -1, withdrawn("r2"));
    ends(key, null, "WITHDRAWN");
    assertThat(builder.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void reports_another_answer_to_a_second_withdrawal() {
    String key = parks();
    String withdrawal = builder.asks(WITHDRAWAL, -1, withdrawn("r1"));
    RecordedAnswer.Acknowledged again =
        new RecordedAnswer.Acknowledged(withdrawn("r1").body() + " ", true);
    builder.asksAgain(withdrawal, WITHDRAWAL, 0, again);
    ends(key, null, "WITHDRAWN");
    assertThat(builder.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  @Test
  void a_withdrawal_that_nobody_asked_for_is_reported_unless_it_may_have_been_asked_for() {
    String key = parks();
    ends(key, null, "WITHDRAWN");
    assertThat(builder.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
    builder.asks(WITHDRAWAL, -1, new RecordedAnswer.Unknown("504"));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_withdrawal_after_the_sale_may_be_refused() {
    String key = parks();
    builder.accrues("m", "o1", 70);
    ends(key, applies().transactionId(), null);
    builder.isRefused(WITHDRAWAL, 1, "refund_not_waiting", null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_withdrawal_before_the_sale_that_is_refused_is_reported() {
    String key = parks();
    builder.isRefused(WITHDRAWAL, -1, "refund_not_waiting", null);
    ends(key, null, null);
    assertThat(builder.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_withdrawal_may_be_refused_as_unknown_only_before_the_refund_is_parked() {
    builder.isRefused(WITHDRAWAL, -3, "parked_refund_not_found", null);
    String key = parks();
    ends(key, null, null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(WITHDRAWAL, -1, "parked_refund_not_found", null);
    assertThat(builder.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  private String parks() {
    String body =
        """
        {"status":"parked","storeId":"S1","orderId":"o1","refundId":"r1",\
        "parkedAt":"2026-11-25T08:00:00Z"}\
        """;
    return builder.asks(REFUND, -2, new RecordedAnswer.Acknowledged(body, false));
  }

  private static RecordedAnswer.Acknowledged withdrawn(String refundId) {
    String body =
        """
        {"status":"withdrawn","storeId":"S1","orderId":"o1","refundId":"%s",\
        "withdrawnAt":"2026-11-25T08:00:00Z"}\
        """
            .formatted(refundId);
    return new RecordedAnswer.Acknowledged(body, false);
  }

  private void ends(String key, @Nullable String transactionId, @Nullable String ended) {
    builder.parked.add(
        new ParkedRefund(
            "S1", "o1", "r1", key, transactionId, null, HistoryBuilder.NOW.plusSeconds(60), ended));
  }

  /** Applies the parked refund, as a node would. */
  private Entry applies() {
    Entry other = new HistoryBuilder().accrues("m", "o1", 70);
    Entry.Extra extra =
        new HistoryBuilder().refunds(other, "r1", new Entry.Line("1", 3_000, 30), false).extra();
    return builder.follows(
        ParkedRefund.entryKey("S1", "o1", "r1"),
        "m",
        REFUND,
        Kind.REFUND,
        extra,
        3_000L,
        HistoryBuilder.available(HistoryBuilder.POINTS, -30));
  }
}
