package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.finding.Rule.PARKED_REFUNDS_ARE_APPLIED;
import static points.load.fault.check.finding.Rule.REPLAYS_ARE_EQUAL;
import static points.load.fault.check.finding.Rule.WITHDRAWN_REFUNDS_ARE_NOT_APPLIED;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Answer;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.ParkedRefund;

/** The rules about refunds that waited for their sale and are to wait no longer. */
class CheckerOfWithdrawalsTest {
  private static final Operation.Refund REFUND =
      new Operation.Refund("m", "S1", "o1", "r1", null, 3_000L);
  private static final Operation WITHDRAWAL = new Operation.Withdrawal("m", "S1", "o1", "r1");

  private final HistoryBuilder deeds = new HistoryBuilder();

  @Test
  void a_refund_that_is_withdrawn_is_not_applied_when_its_sale_comes() {
    String key = parks();
    deeds.asks(WITHDRAWAL, -1, withdrawn("r1"));
    deeds.accrues("m", "o1", 70);
    ends(key, null, "WITHDRAWN");
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_that_is_withdrawn_and_applied_is_found() {
    String key = parks();
    deeds.asks(WITHDRAWAL, -1, withdrawn("r1"));
    deeds.accrues("m", "o1", 70);
    applies();
    ends(key, null, "WITHDRAWN");
    assertThat(deeds.broken())
        .containsExactlyInAnyOrder(PARKED_REFUNDS_ARE_APPLIED, WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_refund_that_is_told_to_be_withdrawn_and_waits_on_is_found() {
    String key = parks();
    deeds.asks(WITHDRAWAL, -1, withdrawn("r1"));
    ends(key, null, null);
    assertThat(deeds.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_refund_that_is_told_to_be_withdrawn_as_another_is_found() {
    String key = parks();
    deeds.asks(WITHDRAWAL, -1, withdrawn("r2"));
    ends(key, null, "WITHDRAWN");
    assertThat(deeds.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_refund_that_is_withdrawn_in_other_words_the_second_time_is_found() {
    String key = parks();
    String withdrawal = deeds.asks(WITHDRAWAL, -1, withdrawn("r1"));
    Answer.Acknowledged again = new Answer.Acknowledged(withdrawn("r1").body() + " ", true);
    deeds.asksAgain(withdrawal, WITHDRAWAL, 0, again);
    ends(key, null, "WITHDRAWN");
    assertThat(deeds.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  @Test
  void a_refund_that_nobody_withdrew_is_found_and_one_of_which_nobody_knows_is_not() {
    String key = parks();
    ends(key, null, "WITHDRAWN");
    assertThat(deeds.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
    deeds.asks(WITHDRAWAL, -1, new Answer.Unknown("504"));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_is_too_late_is_told_so() {
    String key = parks();
    deeds.accrues("m", "o1", 70);
    ends(key, applies().transactionId(), null);
    deeds.isRefused(WITHDRAWAL, 1, "refund_not_waiting", null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_is_told_to_be_too_late_and_is_not_is_found() {
    String key = parks();
    deeds.isRefused(WITHDRAWAL, -1, "refund_not_waiting", null);
    ends(key, null, null);
    assertThat(deeds.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  @Test
  void a_refund_that_is_not_known_was_not_parked_before() {
    deeds.isRefused(WITHDRAWAL, -3, "parked_refund_not_found", null);
    String key = parks();
    ends(key, null, null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(WITHDRAWAL, -1, "parked_refund_not_found", null);
    assertThat(deeds.broken()).containsExactly(WITHDRAWN_REFUNDS_ARE_NOT_APPLIED);
  }

  private String parks() {
    String body =
        """
        {"status":"parked","storeId":"S1","orderId":"o1","refundId":"r1",\
        "parkedAt":"2026-11-25T08:00:00Z"}\
        """;
    return deeds.asks(REFUND, -2, new Answer.Acknowledged(body, false));
  }

  private static Answer.Acknowledged withdrawn(String refundId) {
    String body =
        """
        {"status":"withdrawn","storeId":"S1","orderId":"o1","refundId":"%s",\
        "withdrawnAt":"2026-11-25T08:00:00Z"}\
        """
            .formatted(refundId);
    return new Answer.Acknowledged(body, false);
  }

  private void ends(String key, @Nullable String transactionId, @Nullable String ended) {
    deeds.parked.add(
        new ParkedRefund(
            "S1", "o1", "r1", key, transactionId, null, HistoryBuilder.NOW.plusSeconds(60), ended));
  }

  /** As a node does it by itself. */
  private Entry applies() {
    Entry other = new HistoryBuilder().accrues("m", "o1", 70);
    Entry.Extra extra =
        new HistoryBuilder().refunds(other, "r1", new Entry.Line("1", 3_000, 30), false).extra();
    return deeds.follows(
        ParkedRefund.entryKey("S1", "o1", "r1"),
        "m",
        REFUND,
        Kind.REFUND,
        extra,
        3_000L,
        HistoryBuilder.available(HistoryBuilder.POINTS, -30));
  }
}
