package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.OneMemberHistory.UNTIL;
import static points.load.fault.check.OneMemberHistory.accrual;
import static points.load.fault.check.OneMemberHistory.acknowledgement;
import static points.load.fault.check.OneMemberHistory.deduction;
import static points.load.fault.check.OneMemberHistory.insufficient;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENTRIES_ADD_UP;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.REAL_TIME_ORDER;
import static points.load.fault.check.finding.Rule.REPLAYS_ARE_EQUAL;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.load.fault.check.history.Freshness;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.ModelExamples;

/** The rules about entries: each has a history that keeps it and some that break it. */
class CheckerTest {
  private final OneMemberHistory history = new OneMemberHistory();

  @Test
  void earning_and_spending_break_no_rule() {
    history.does("a", 100, 1, 2);
    history.does("b", 50, 3, 4);
    history.does("c", -120, 5, 6);
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void a_member_without_any_entry_breaks_no_rule() {
    history.asks(
        "a", deduction("a", 10), 1, 2, new RecordedAnswer.Refused(404, "member_not_found", null));
    history.asks("b", deduction("b", 10), 1, 2, new RecordedAnswer.NotApplied("503"));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void an_acknowledgement_without_an_entry_is_reported() {
    Entry entry = history.does("a", 100, 1, 2);
    history.entries.clear();
    history.row = null;
    assertThat(history.violations(Freshness.OF_THE_CLUSTER))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.rule()).isEqualTo(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
              assertThat(found.calls()).hasSize(1);
              assertThat(found.toString()).contains(entry.transactionId());
            });
  }

  @Test
  void an_acknowledgement_that_differs_from_the_entry_is_reported() {
    Entry entry = history.books("a", 100);
    String body = acknowledgement(entry).body();
    for (String wrong :
        List.of(
            body.replace("\"balance\":100", "\"balance\":101"),
            body.replace("\"m-1\"", "\"m-2\""),
            body.replace("\"points\":100,\"balance", "\"points\":99,\"balance"),
            body.replace(UNTIL.toString(), UNTIL.plusSeconds(1).toString()),
            "[]",
            "")) {
      OneMemberHistory other = new OneMemberHistory();
      other.books("a", 100);
      other.asks("a", accrual("a", 100), 1, 2, new RecordedAnswer.Acknowledged(wrong, false));
      assertThat(other.broken()).as(wrong).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
    }
  }

  @Test
  void an_answer_with_more_fields_breaks_no_rule() {
    Entry entry = history.books("a", 100);
    String body =
        acknowledgement(entry).body().replace("{\"transactionId\"", "{\"new\":1,\"transactionId\"");
    history.asks("a", accrual("a", 100), 1, 2, new RecordedAnswer.Acknowledged(body, false));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void reports_two_entries_of_a_key() {
    history.does("a", 100, 1, 2);
    history.books("a", 100);
    assertThat(history.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_order_that_was_booked_twice_under_two_keys_is_reported() {
    history.does("a", 100, 1, 2);
    Entry second = history.does("b", 100, 3, 4);
    Entry.Origin origin = new Entry.Origin("S1", "order-a", 10_000L, null, null);
    history.entries.set(1, with(second, origin));
    assertThat(history.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_order_may_earn_and_be_paid_with_points() {
    history.does("a", 100, 1, 2);
    Entry paid = history.books("b", -50);
    Entry.Origin origin = new Entry.Origin("S1", "order-a", null, null, "gift");
    history.entries.set(1, with(paid, origin));
    assertThat(history.broken()).doesNotContain(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_entry_nobody_asked_for_is_reported() {
    history.does("a", 100, 1, 2);
    history.books("b", 50);
    assertThat(history.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_entry_of_a_call_answered_as_not_applied_is_reported() {
    history.books("a", 100);
    history.asks("a", accrual("a", 100), 1, 2, new RecordedAnswer.NotApplied("503 overloaded"));
    assertThat(history.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_call_in_doubt_may_have_an_entry_or_none() {
    history.books("a", 100);
    history.asks("a", accrual("a", 100), 1, 2, new RecordedAnswer.Unknown("504"));
    history.asks("b", accrual("b", 100), 3, 4, new RecordedAnswer.Unknown("504"));
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void an_entry_of_other_content_than_asked_for_is_reported() {
    history.books("a", 100);
    history.asks("a", accrual("a", 101), 1, 2, new RecordedAnswer.Unknown("504"));
    assertThat(history.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_gap_is_reported() {
    history.does("a", 100, 1, 2);
    history.does("b", 100, 3, 4);
    history.does("c", 100, 5, 6);
    history.entries.remove(1);
    assertThat(history.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void two_entries_of_one_sequence_are_reported() {
    history.does("a", 100, 1, 2);
    Entry lost = history.does("b", 50, 3, 4);
    OneMemberHistory other = new OneMemberHistory();
    other.does("a", 100, 1, 2);
    history.entries.add(other.does("c", 30, 3, 4));
    history.asks("c", accrual("c", 30), 3, 4, acknowledgement(other.entries.get(1)));
    assertThat(lost.sequence()).isEqualTo(2);
    assertThat(history.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void reports_a_balance_other_than_the_sum_of_the_entries() {
    Entry entry = history.books("a", 100);
    Entry wrong =
        ModelExamples.entry(
            entry.memberId(),
            1,
            entry.kind(),
            100,
            90,
            entry.lots(),
            entry.origin(),
            entry.occurredAt(),
            entry.recordedAt(),
            "a");
    history.entries.set(0, wrong);
    history.asks("a", accrual("a", 100), 1, 2, acknowledgement(wrong));
    assertThat(history.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void reports_a_row_other_than_the_entries_make() {
    history.does("a", 100, 1, 2);
    history.does("b", -30, 3, 4);
    MemberState good = Objects.requireNonNull(history.row);
    List<Lot> none = List.of();
    for (MemberState wrong :
        List.of(
            ModelExamples.state("m", 3, 70, 100, 30, good.lots()),
            ModelExamples.state("m", 2, 71, 100, 30, good.lots()),
            ModelExamples.state("m", 2, 70, 101, 30, good.lots()),
            ModelExamples.state("m", 2, 70, 100, 31, good.lots()),
            ModelExamples.state("m", 2, 70, 100, 30, none))) {
      history.row = wrong;
      assertThat(history.broken()).as(wrong.toString()).containsExactly(ENTRIES_ADD_UP);
    }
    history.row = null;
    assertThat(history.broken()).containsExactly(ENTRIES_ADD_UP);
    history.row = good;
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void points_taken_from_a_later_lot_are_reported() {
    Entry earned = history.does("a", 100, 1, 2);
    Entry spent = history.does("b", -100, 3, 4);
    List<Lot> two = List.of(new Lot(UNTIL, 50), new Lot(UNTIL.plusSeconds(1), 50));
    List<Lot> reversed = List.of(new Lot(UNTIL.plusSeconds(1), -50), new Lot(UNTIL, -50));
    history.entries.set(0, with(earned, two));
    history.entries.set(
        1, with(spent, List.of(new Lot(UNTIL, -50), new Lot(UNTIL.plusSeconds(1), -50))));
    assertThat(history.broken()).doesNotContain(ENTRIES_ADD_UP);
    history.entries.set(1, with(spent, reversed));
    assertThat(history.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void a_change_acknowledged_before_another_began_comes_first() {
    history.does("b", 50, 5, 6);
    history.does("a", 100, 1, 2);
    assertThat(history.broken()).containsExactly(REAL_TIME_ORDER);
  }

  @Test
  void changes_under_way_together_may_come_in_any_order() {
    history.does("b", 50, 2, 6);
    history.does("a", 100, 1, 2);
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void a_retry_counts_from_the_first_sending() {
    history.asks("b", accrual("b", 50), 1, 2, new RecordedAnswer.Unknown("connection lost"));
    history.does("b", 50, 8, 9);
    history.does("a", 100, 3, 4);
    assertThat(history.broken()).isEmpty();
  }

  @Test
  void one_key_answered_with_different_bytes_is_reported() {
    Entry entry = history.does("a", 100, 1, 2);
    history.asks("a", accrual("a", 100), 3, 4, acknowledgement(entry));
    assertThat(history.broken()).isEmpty();
    String other = acknowledgement(entry).body().replace("\"lines\":[],", "");
    history.asks("a", accrual("a", 100), 5, 6, new RecordedAnswer.Acknowledged(other, true));
    assertThat(history.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  @Test
  void a_violation_shows_calls_and_entries_to_people() {
    history.does("a", 100, 1, 2);
    history.asks("x", deduction("x", 500), 3, 4, insufficient(77));
    assertThat(history.violations(Freshness.OF_THE_CLUSTER))
        .singleElement()
        .asString()
        .contains("key x", "insufficient_points", "entry m-1 ACCRUAL of 100, balance 100");
  }

  private static Entry with(Entry entry, Entry.Origin origin) {
    return ModelExamples.entry(
        entry.memberId(),
        entry.sequence(),
        entry.kind(),
        entry.points(),
        entry.balance(),
        entry.lots(),
        origin,
        entry.occurredAt(),
        entry.recordedAt(),
        entry.key());
  }

  private static Entry with(Entry entry, List<Lot> lots) {
    return ModelExamples.entry(
        entry.memberId(),
        entry.sequence(),
        entry.kind(),
        entry.points(),
        entry.balance(),
        lots,
        entry.origin(),
        entry.occurredAt(),
        entry.recordedAt(),
        entry.key());
  }
}
