package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.OneMemberHistory.accrual;
import static points.load.fault.check.OneMemberHistory.acknowledgement;
import static points.load.fault.check.OneMemberHistory.deduction;
import static points.load.fault.check.OneMemberHistory.insufficient;
import static points.load.fault.check.OneMemberHistory.seen;
import static points.load.fault.check.finding.Rule.NO_SERVER_ERRORS;
import static points.load.fault.check.finding.Rule.READS_ARE_FRESH;
import static points.load.fault.check.finding.Rule.READS_ARE_TRUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.fault.check.history.Freshness;
import points.load.fault.history.RecordedAnswer;

/** The rules about answers without an entry: refusals and balances. */
class CheckerOfAnswersTest {
  private static final RecordedAnswer NOT_FOUND =
      new RecordedAnswer.Refused(404, "member_not_found", null);

  private final OneMemberHistory history = new OneMemberHistory();

  @BeforeEach
  void a_member_that_has_100_then_150_then_30() {
    history.does("a", 100, 10, 20);
    history.does("b", 50, 30, 40);
    history.does("c", -120, 50, 60);
  }

  @Test
  void accepts_a_refusal_true_of_a_state_in_between() {
    history.asks("x", deduction("x", 101), 22, 28, insufficient(100));
    history.asks("y", deduction("y", 151), 45, 48, insufficient(150));
    history.asks("z", deduction("z", 31), 61, 62, insufficient(30));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void a_refusal_may_be_true_of_any_state_it_overlaps() {
    history.asks("x", deduction("x", 200), 35, 55, insufficient(100));
    history.asks("y", deduction("y", 200), 35, 55, insufficient(150));
    history.asks("z", deduction("z", 200), 35, 55, insufficient(30));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void a_refusal_from_an_old_state_is_reported() {
    history.asks("x", deduction("x", 120), 41, 49, insufficient(100));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refusal_from_a_state_to_come_is_reported() {
    history.asks("x", deduction("x", 120), 41, 49, insufficient(30));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void reports_a_refusal_with_a_balance_of_no_state() {
    history.asks("x", deduction("x", 120), 1, 99, insufficient(77));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void reports_a_refusal_although_the_points_were_enough() {
    history.asks("x", deduction("x", 30), 61, 62, insufficient(30));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void reports_a_refusal_without_a_balance() {
    history.asks(
        "x",
        deduction("x", 300),
        61,
        62,
        new RecordedAnswer.Refused(409, "insufficient_points", null));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_call_in_doubt_may_be_committed_at_any_time_after_its_begin() {
    history.books("d", 70);
    history.asks("d", accrual("d", 70), 70, 72, new RecordedAnswer.Unknown("504"));
    history.asks("x", deduction("x", 999), 90, 91, insufficient(30));
    history.asks("y", deduction("y", 999), 90, 91, insufficient(100));
    assertThat(history.broken()).isEmpty();
    history.asks("z", deduction("z", 999), 65, 66, insufficient(100));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refusal_with_an_entry_is_reported() {
    history.books("d", -30);
    history.asks("d", deduction("d", 30), 70, 72, insufficient(30));
    assertThat(history.broken()).contains(REFUSALS_ARE_TRUE);
  }

  @Test
  void accepts_an_acknowledgement_after_a_refusal_of_the_same_key() {
    history.asks("d", deduction("d", 130), 61, 62, insufficient(30));
    history.does("e", 200, 63, 64);
    history.does("d", -130, 65, 66);
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void reports_a_refusal_after_an_acknowledgement_of_the_same_key() {
    history.does("e", 100, 61, 62);
    history.does("d", -130, 63, 64);
    history.asks("d", deduction("d", 130), 65, 66, insufficient(0));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_existing_member_refused_as_not_found_is_reported() {
    history.asks("x", deduction("x", 1), 1, 15, NOT_FOUND);
    assertThat(history.broken()).isEmpty();
    history.asks("y", deduction("y", 1), 21, 22, NOT_FOUND);
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_accrual_needs_no_member() {
    history.asks("x", accrual("x", 1), 1, 15, NOT_FOUND);
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refusal_for_an_unknown_reason_is_reported() {
    history.asks(
        "x",
        accrual("x", 1),
        1,
        15,
        new RecordedAnswer.Refused(409, "order_already_processed", null));
    assertThat(history.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_answer_500_is_found_of_a_change_and_of_a_balance() {
    history.books("d", 70);
    history.asks("d", accrual("d", 70), 70, 72, new RecordedAnswer.ServerError("internal_error"));
    assertThat(history.broken()).containsExactly(NO_SERVER_ERRORS);
    history.reads("n1", 80, 81, new RecordedAnswer.ServerError("internal_error"));
    assertThat(history.violations(Freshness.OF_THE_CLUSTER))
        .hasSize(2)
        .allMatch(it -> it.what().equals("a call was answered 500 internal_error"));
  }

  @Test
  void an_answer_503_or_504_is_none() {
    history.asks(
        "d", accrual("d", 70), 70, 72, new RecordedAnswer.NotApplied("503 ledger_unavailable"));
    history.asks(
        "e", accrual("e", 70), 70, 72, new RecordedAnswer.Unknown("504 deadline_exceeded"));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void balances_as_they_were_are_right() {
    history.reads("n1", 1, 2, NOT_FOUND);
    history.reads("n1", 21, 22, seen(1, 100, 100, 0));
    history.reads("n1", 35, 55, seen(2, 150, 150, 0));
    history.reads("n1", 61, 62, seen(3, 30, 150, 120));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void a_balance_ahead_of_the_ledger_is_reported() {
    history.reads("n1", 61, 62, seen(4, 30, 150, 120));
    assertThat(history.broken()).containsExactly(READS_ARE_TRUE);
  }

  @Test
  void a_balance_ahead_of_its_request_is_reported() {
    history.reads("n1", 41, 45, seen(3, 30, 150, 120));
    assertThat(history.broken()).containsExactly(READS_ARE_TRUE);
  }

  @Test
  void a_balance_of_another_sequence_is_reported() {
    history.reads("n1", 61, 62, seen(3, 150, 150, 120));
    assertThat(history.broken()).containsExactly(READS_ARE_TRUE);
  }

  @Test
  void sums_of_another_sequence_are_reported() {
    history.reads("n1", 61, 62, seen(3, 30, 100, 120));
    history.reads("n1", 61, 62, seen(3, 30, 150, 0));
    assertThat(history.violations(Freshness.OF_THE_CLUSTER)).hasSize(2);
    assertThat(history.broken()).containsExactly(READS_ARE_TRUE);
  }

  @Test
  void an_old_balance_is_reported() {
    history.reads("n1", 61, 62, seen(2, 150, 150, 0));
    assertThat(history.broken()).containsExactly(READS_ARE_FRESH);
  }

  @Test
  void a_balance_refused_as_not_found_after_an_acknowledgement_is_reported() {
    history.reads("n1", 21, 22, NOT_FOUND);
    assertThat(history.broken()).containsExactly(READS_ARE_FRESH);
  }

  @Test
  void an_old_balance_that_says_so_is_right_if_it_ever_was() {
    history.reads(
        "n1",
        61,
        62,
        new RecordedAnswer.BalanceRead(
            2, 150, 150, 0, RecordedAnswer.OtherSums.NONE, true, "2026-11-25T08:00:00Z"));
    assertThat(history.broken()).isEmpty();
    history.reads(
        "n1",
        61,
        62,
        new RecordedAnswer.BalanceRead(
            2, 151, 150, 0, RecordedAnswer.OtherSums.NONE, true, "2026-11-25T08:00:00Z"));
    assertThat(history.broken()).containsExactly(READS_ARE_TRUE);
  }

  @Test
  void a_node_alone_has_to_show_only_its_own_writes() {
    history.reads("n2", 61, 62, seen(2, 150, 150, 0));
    assertThat(history.broken(Freshness.OF_THE_NODE)).isEmpty();
    history.reads("n1", 61, 62, seen(2, 150, 150, 0));
    assertThat(history.broken(Freshness.OF_THE_NODE)).containsExactly(READS_ARE_FRESH);
  }

  @Test
  void a_node_alone_need_not_show_mere_replays() {
    RecordedAnswer.Acknowledged first = acknowledgement(history.entries.get(2));
    RecordedAnswer.Acknowledged again = new RecordedAnswer.Acknowledged(first.body(), true);
    history.asks("n2", "c", deduction("c", 120), 61, 62, again);
    history.reads("n2", 63, 64, seen(2, 150, 150, 0));
    assertThat(history.broken(Freshness.OF_THE_NODE)).isEmpty();
    assertThat(history.broken(Freshness.OF_THE_CLUSTER)).containsExactly(READS_ARE_FRESH);
  }

  @Test
  void a_read_need_not_show_unacknowledged_writes() {
    history.books("d", 70);
    history.asks("d", accrual("d", 70), 70, 72, new RecordedAnswer.Unknown("504"));
    history.reads("n1", 80, 81, seen(3, 30, 150, 120));
    history.reads("n1", 82, 83, seen(4, 100, 220, 120));
    assertThat(history.broken()).isEmpty();
  }
}
