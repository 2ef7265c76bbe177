package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.PARKED_REFUNDS_ARE_APPLIED;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REPLAYS_ARE_EQUAL;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.ParkedRefund;

/** The rules about refunds that arrive before their sales. */
class CheckerOfParkedRefundsTest {
  private final HistoryBuilder builder = new HistoryBuilder();

  @Test
  void a_parked_and_then_applied_refund_breaks_no_rule() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refund_waits_as_long_as_its_sale_does_not_come() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_parked_refund_does_not_count_as_applied() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    builder.sees(
        "m",
        1,
        new RecordedAnswer.BalanceRead(1, 70, 70, 0, RecordedAnswer.OtherSums.NONE, false, ""));
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_refund_not_applied_after_its_sale() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, null);
    builder.accrues("m", "o1", 70);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_answered_as_parked_and_forgotten_is_reported() {
    Operation.Refund refund = refund("r1", 3_000);
    asks(refund, parked(refund));
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_answered_as_another_parked_one_is_reported() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund("r2", 3_000))), null, null);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_a_refund_marked_as_applied_without_an_entry() {
    Operation.Refund refund = refund("r1", 3_000);
    Entry sale = builder.accrues("m", "o1", 70);
    parks(refund, asks(refund, parked(refund)), sale.transactionId(), null);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_an_applied_refund_still_waiting() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    applies(refund, "m", 30);
    parks(refund, key, null, null);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_a_refund_applied_as_parked_but_never_parked() {
    Operation.Refund refund = refund("r1", 3_000);
    asks(refund, new RecordedAnswer.Unknown("504"));
    builder.accrues("m", "o1", 70);
    applies(refund, "m", 30);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_a_refund_applied_before_its_sale() {
    builder.accrues("m", "o0", 100);
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry applied = applies(refund, "m", 30);
    builder.accrues("m", "o1", 70);
    parks(refund, key, applied.transactionId(), null);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_parked_refund_applied_twice() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    applies(refund, "m", 30);
    assertThat(builder.broken()).containsExactly(KEYS_ARE_USED_ONCE);
  }

  @Test
  void reports_a_refund_without_a_request() {
    builder.accrues("m", "o1", 70);
    applies(refund("r1", 3_000), "m", 30);
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_refund_of_more_than_the_order_is_refused_and_one_of_less_is_not() {
    Operation.Refund more = refund("r1", 7_001);
    parks(more, asks(more, parked(more)), null, "REFUND_EXCEEDS_ORDER");
    builder.accrues("m", "o1", 70);
    assertThat(builder.broken()).isEmpty();
    Operation.Refund less = refund("r2", 7_000);
    parks(less, asks(less, parked(less)), null, "REFUND_EXCEEDS_ORDER");
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_a_refusal_of_a_refund_before_its_sale() {
    Operation.Refund more = refund("r1", 7_001);
    parks(more, asks(more, parked(more)), null, "REFUND_EXCEEDS_ORDER");
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void reports_a_refund_applied_to_a_later_sale() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry sale = builder.accrues("m", "o1", 70);
    Instant before = sale.occurredAt().minusSeconds(1);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null, before);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_of_a_later_sale_may_wait_on() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry sale = builder.accrues("m", "o1", 70);
    parks(refund, key, null, null, sale.occurredAt().minusSeconds(1));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_refund_applied_to_the_order_of_another_member() {
    builder.accrues("n", "o1", 70);
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    parks(refund, key, applies(refund, "n", 30).transactionId(), null);
    assertThat(builder.broken()).contains(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void refunds_applied_out_of_the_order_of_arrival_are_reported() {
    Operation.Refund first = refund("r1", 3_000);
    Operation.Refund second = refund("r2", 3_000);
    String key = asks(first, parked(first));
    String other = asks(second, parked(second));
    builder.accrues("m", "o1", 70);
    Entry applied = applies(second, "m", 30);
    parks(first, key, applies(first, "m", 30).transactionId(), null);
    parks(second, other, applied.transactionId(), null);
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_is_applied_to_the_survivor_of_a_merge_meanwhile() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    MergesAndClosings ends = new MergesAndClosings(builder);
    Entry out = ends.merges("m", "b", available(HistoryBuilder.POINTS, -70));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 70));
    parks(refund, key, applies(refund, "b", 30).transactionId(), null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refund_is_refused_when_its_member_was_closed_meanwhile() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.accrues("m", "o1", 70);
    new MergesAndClosings(builder).closes("m", 0, available(HistoryBuilder.POINTS, -70));
    parks(refund, key, null, "MEMBER_CLOSED");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refund_without_a_sale_waits_though_its_member_was_closed() {
    builder.accrues("m", "o0", 70);
    new MergesAndClosings(builder).closes("m", 0, available(HistoryBuilder.POINTS, -70));
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, "MEMBER_CLOSED");
    assertThat(builder.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_answered_as_parked_in_other_words_is_reported() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    builder.asksAgain(
        key, refund, 2, new RecordedAnswer.Acknowledged(parked(refund).body() + " ", true));
    parks(refund, key, null, null);
    assertThat(builder.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  private static Operation.Refund refund(String refundId, long amount) {
    return new Operation.Refund("m", "S1", "o1", refundId, null, amount);
  }

  private static RecordedAnswer.Acknowledged parked(Operation.Refund refund) {
    String body =
        """
        {"status":"parked","storeId":"S1","orderId":"%s","refundId":"%s",\
        "parkedAt":"2026-11-25T08:00:00Z"}\
        """
            .formatted(refund.orderId(), refund.refundId());
    return new RecordedAnswer.Acknowledged(body, false);
  }

  /** A call before all entries. */
  private String asks(Operation.Refund refund, RecordedAnswer answer) {
    return builder.asks(refund, -2, answer);
  }

  private void parks(
      Operation.Refund refund,
      String key,
      @Nullable String transactionId,
      @Nullable String refusal) {
    parks(refund, key, transactionId, refusal, HistoryBuilder.NOW.plusSeconds(60));
  }

  private void parks(
      Operation.Refund refund,
      String key,
      @Nullable String transactionId,
      @Nullable String refusal,
      Instant occurredAt) {
    builder.parked.add(
        new ParkedRefund(
            "S1",
            refund.orderId(),
            refund.refundId(),
            key,
            transactionId,
            refusal,
            occurredAt,
            null));
  }

  /** Applies the parked refund to the order's one line, as a node would. */
  private Entry applies(Operation.Refund refund, String member, long points) {
    Entry.Extra extra =
        new HistoryBuilder()
            .refunds(
                new HistoryBuilder().accrues("m", "o1", 70),
                refund.refundId(),
                new Entry.Line("1", points * 100, points),
                false)
            .extra();
    String key = ParkedRefund.entryKey("S1", refund.orderId(), refund.refundId());
    return builder.follows(
        key,
        member,
        refund,
        Kind.REFUND,
        extra,
        points * 100,
        available(HistoryBuilder.POINTS, -points));
  }
}
