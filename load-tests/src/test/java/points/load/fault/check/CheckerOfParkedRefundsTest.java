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
import points.load.fault.history.Answer;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.ParkedRefund;

/** The rules about refunds that come before their sales. */
class CheckerOfParkedRefundsTest {
  private final HistoryBuilder deeds = new HistoryBuilder();

  @Test
  void a_refund_that_waits_for_its_sale_and_is_applied_breaks_nothing() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_whose_sale_never_comes_waits() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void that_a_refund_is_parked_does_not_say_that_it_is_applied() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    deeds.sees("m", 1, new Answer.BalanceRead(1, 70, 70, 0, Answer.OtherSums.NONE, false, ""));
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_that_is_not_applied_when_its_sale_has_come_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, null);
    deeds.accrues("m", "o1", 70);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_told_to_be_parked_and_forgotten_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    asks(refund, parked(refund));
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_told_to_be_parked_as_another_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund("r2", 3_000))), null, null);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_said_to_be_applied_and_is_not_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    Entry sale = deeds.accrues("m", "o1", 70);
    parks(refund, asks(refund, parked(refund)), sale.transactionId(), null);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_applied_and_waits_on_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    applies(refund, "m", 30);
    parks(refund, key, null, null);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_applied_as_parked_and_never_was_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    asks(refund, new Answer.Unknown("504"));
    deeds.accrues("m", "o1", 70);
    applies(refund, "m", 30);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_applied_before_its_sale_is_found() {
    deeds.accrues("m", "o0", 100);
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry applied = applies(refund, "m", 30);
    deeds.accrues("m", "o1", 70);
    parks(refund, key, applied.transactionId(), null);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_refund_that_is_applied_twice_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null);
    applies(refund, "m", 30);
    assertThat(deeds.broken()).containsExactly(KEYS_ARE_USED_ONCE);
  }

  @Test
  void a_refund_that_nobody_asked_for_is_found() {
    deeds.accrues("m", "o1", 70);
    applies(refund("r1", 3_000), "m", 30);
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_refund_of_more_than_the_order_is_refused_and_one_of_less_is_not() {
    Operation.Refund more = refund("r1", 7_001);
    parks(more, asks(more, parked(more)), null, "REFUND_EXCEEDS_ORDER");
    deeds.accrues("m", "o1", 70);
    assertThat(deeds.broken()).isEmpty();
    Operation.Refund less = refund("r2", 7_000);
    parks(less, asks(less, parked(less)), null, "REFUND_EXCEEDS_ORDER");
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_refused_before_its_sale_is_found() {
    Operation.Refund more = refund("r1", 7_001);
    parks(more, asks(more, parked(more)), null, "REFUND_EXCEEDS_ORDER");
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_is_applied_to_a_sale_made_after_it_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry sale = deeds.accrues("m", "o1", 70);
    Instant before = sale.occurredAt().minusSeconds(1);
    parks(refund, key, applies(refund, "m", 30).transactionId(), null, before);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_waits_on_because_its_sale_was_made_after_it_breaks_nothing() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    Entry sale = deeds.accrues("m", "o1", 70);
    parks(refund, key, null, null, sale.occurredAt().minusSeconds(1));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_that_is_applied_to_the_order_of_another_member_is_found() {
    deeds.accrues("n", "o1", 70);
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    parks(refund, key, applies(refund, "n", 30).transactionId(), null);
    assertThat(deeds.broken()).contains(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void refunds_that_are_not_applied_in_the_order_in_which_they_came_are_found() {
    Operation.Refund first = refund("r1", 3_000);
    Operation.Refund second = refund("r2", 3_000);
    String key = asks(first, parked(first));
    String other = asks(second, parked(second));
    deeds.accrues("m", "o1", 70);
    Entry applied = applies(second, "m", 30);
    parks(first, key, applies(first, "m", 30).transactionId(), null);
    parks(second, other, applied.transactionId(), null);
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_whose_member_was_merged_meanwhile_is_applied_to_the_other() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    MergesAndClosings leavers = new MergesAndClosings(deeds);
    Entry out = leavers.merges("m", "b", available(HistoryBuilder.POINTS, -70));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 70));
    parks(refund, key, applies(refund, "b", 30).transactionId(), null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_whose_member_was_closed_meanwhile_is_refused() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.accrues("m", "o1", 70);
    new MergesAndClosings(deeds).closes("m", 0, available(HistoryBuilder.POINTS, -70));
    parks(refund, key, null, "MEMBER_CLOSED");
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_refund_without_a_sale_whose_member_was_closed_waits_all_the_same() {
    deeds.accrues("m", "o0", 70);
    new MergesAndClosings(deeds).closes("m", 0, available(HistoryBuilder.POINTS, -70));
    Operation.Refund refund = refund("r1", 3_000);
    parks(refund, asks(refund, parked(refund)), null, "MEMBER_CLOSED");
    assertThat(deeds.broken()).containsExactly(PARKED_REFUNDS_ARE_APPLIED);
  }

  @Test
  void a_refund_that_was_told_to_be_parked_in_other_words_is_found() {
    Operation.Refund refund = refund("r1", 3_000);
    String key = asks(refund, parked(refund));
    deeds.asksAgain(key, refund, 2, new Answer.Acknowledged(parked(refund).body() + " ", true));
    parks(refund, key, null, null);
    assertThat(deeds.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  private static Operation.Refund refund(String refundId, long amount) {
    return new Operation.Refund("m", "S1", "o1", refundId, null, amount);
  }

  private static Answer.Acknowledged parked(Operation.Refund refund) {
    String body =
        """
        {"status":"parked","storeId":"S1","orderId":"%s","refundId":"%s",\
        "parkedAt":"2026-11-25T08:00:00Z"}\
        """
            .formatted(refund.orderId(), refund.refundId());
    return new Answer.Acknowledged(body, false);
  }

  /** Before all that is booked. */
  private String asks(Operation.Refund refund, Answer answer) {
    return deeds.asks(refund, -2, answer);
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
    deeds.parked.add(
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

  /** As a node does it by itself, to the order's one line. */
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
    return deeds.follows(
        key,
        member,
        refund,
        Kind.REFUND,
        extra,
        points * 100,
        available(HistoryBuilder.POINTS, -points));
  }
}
