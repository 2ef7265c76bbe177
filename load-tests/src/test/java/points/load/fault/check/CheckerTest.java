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
import points.load.fault.history.Answer;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberState;
import points.load.model.ModelExamples;

/** The rules about what was written: each has a history that keeps it and some that break it. */
class CheckerTest {
  private final OneMemberHistory story = new OneMemberHistory();

  @Test
  void a_member_that_earns_and_spends_breaks_nothing() {
    story.does("a", 100, 1, 2);
    story.does("b", 50, 3, 4);
    story.does("c", -120, 5, 6);
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void a_member_nobody_wrote_for_breaks_nothing() {
    story.asks("a", deduction("a", 10), 1, 2, new Answer.Refused(404, "member_not_found", null));
    story.asks("b", deduction("b", 10), 1, 2, new Answer.NotApplied("503"));
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void an_acknowledgement_without_an_entry_is_found() {
    Entry entry = story.does("a", 100, 1, 2);
    story.entries.clear();
    story.row = null;
    assertThat(story.violations(Freshness.OF_THE_CLUSTER))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.rule()).isEqualTo(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
              assertThat(found.calls()).hasSize(1);
              assertThat(found.toString()).contains(entry.transactionId());
            });
  }

  @Test
  void an_acknowledgement_that_is_not_what_was_booked_is_found() {
    Entry entry = story.books("a", 100);
    String body = acknowledgement(entry).body();
    for (String wrong :
        List.of(
            body.replace("\"balance\":100", "\"balance\":101"),
            body.replace("\"m-1\"", "\"m-2\""),
            body.replace("\"points\":100,\"balance", "\"points\":99,\"balance"),
            body.replace(UNTIL.toString(), UNTIL.plusSeconds(1).toString()),
            "[]",
            "")) {
      OneMemberHistory told = new OneMemberHistory();
      told.books("a", 100);
      told.asks("a", accrual("a", 100), 1, 2, new Answer.Acknowledged(wrong, false));
      assertThat(told.broken()).as(wrong).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
    }
  }

  @Test
  void answers_may_grow() {
    Entry entry = story.books("a", 100);
    String body =
        acknowledgement(entry).body().replace("{\"transactionId\"", "{\"new\":1,\"transactionId\"");
    story.asks("a", accrual("a", 100), 1, 2, new Answer.Acknowledged(body, false));
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void a_key_that_was_booked_twice_is_found() {
    story.does("a", 100, 1, 2);
    story.books("a", 100);
    assertThat(story.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_order_that_was_booked_twice_under_two_keys_is_found() {
    story.does("a", 100, 1, 2);
    Entry second = story.does("b", 100, 3, 4);
    Entry.Origin origin = new Entry.Origin("S1", "order-a", 10_000L, null, null);
    story.entries.set(1, with(second, origin));
    assertThat(story.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_order_may_earn_and_be_paid_with_points() {
    story.does("a", 100, 1, 2);
    Entry paid = story.books("b", -50);
    Entry.Origin origin = new Entry.Origin("S1", "order-a", null, null, "gift");
    story.entries.set(1, with(paid, origin));
    assertThat(story.broken()).doesNotContain(KEYS_ARE_USED_ONCE);
  }

  @Test
  void an_entry_nobody_asked_for_is_found() {
    story.does("a", 100, 1, 2);
    story.books("b", 50);
    assertThat(story.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_entry_that_was_said_not_to_be_made_is_found() {
    story.books("a", 100);
    story.asks("a", accrual("a", 100), 1, 2, new Answer.NotApplied("503 overloaded"));
    assertThat(story.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_entry_of_a_call_in_doubt_is_right_and_so_is_none() {
    story.books("a", 100);
    story.asks("a", accrual("a", 100), 1, 2, new Answer.Unknown("504"));
    story.asks("b", accrual("b", 100), 3, 4, new Answer.Unknown("504"));
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void an_entry_of_other_content_than_asked_for_is_found() {
    story.books("a", 100);
    story.asks("a", accrual("a", 101), 1, 2, new Answer.Unknown("504"));
    assertThat(story.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_gap_is_found() {
    story.does("a", 100, 1, 2);
    story.does("b", 100, 3, 4);
    story.does("c", 100, 5, 6);
    story.entries.remove(1);
    assertThat(story.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void two_entries_of_one_sequence_are_found() {
    story.does("a", 100, 1, 2);
    Entry lost = story.does("b", 50, 3, 4);
    OneMemberHistory other = new OneMemberHistory();
    other.does("a", 100, 1, 2);
    story.entries.add(other.does("c", 30, 3, 4));
    story.asks("c", accrual("c", 30), 3, 4, acknowledgement(other.entries.get(1)));
    assertThat(lost.sequence()).isEqualTo(2);
    assertThat(story.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void a_balance_that_the_entries_do_not_make_is_found() {
    Entry entry = story.books("a", 100);
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
    story.entries.set(0, wrong);
    story.asks("a", accrual("a", 100), 1, 2, acknowledgement(wrong));
    assertThat(story.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void a_row_that_the_entries_do_not_make_is_found() {
    story.does("a", 100, 1, 2);
    story.does("b", -30, 3, 4);
    MemberState good = Objects.requireNonNull(story.row);
    List<Lot> none = List.of();
    for (MemberState wrong :
        List.of(
            ModelExamples.state("m", 3, 70, 100, 30, good.lots()),
            ModelExamples.state("m", 2, 71, 100, 30, good.lots()),
            ModelExamples.state("m", 2, 70, 101, 30, good.lots()),
            ModelExamples.state("m", 2, 70, 100, 31, good.lots()),
            ModelExamples.state("m", 2, 70, 100, 30, none))) {
      story.row = wrong;
      assertThat(story.broken()).as(wrong.toString()).containsExactly(ENTRIES_ADD_UP);
    }
    story.row = null;
    assertThat(story.broken()).containsExactly(ENTRIES_ADD_UP);
    story.row = good;
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void points_taken_from_a_later_lot_are_found() {
    Entry earned = story.does("a", 100, 1, 2);
    Entry spent = story.does("b", -100, 3, 4);
    List<Lot> two = List.of(new Lot(UNTIL, 50), new Lot(UNTIL.plusSeconds(1), 50));
    List<Lot> reversed = List.of(new Lot(UNTIL.plusSeconds(1), -50), new Lot(UNTIL, -50));
    story.entries.set(0, with(earned, two));
    story.entries.set(
        1, with(spent, List.of(new Lot(UNTIL, -50), new Lot(UNTIL.plusSeconds(1), -50))));
    assertThat(story.broken()).doesNotContain(ENTRIES_ADD_UP);
    story.entries.set(1, with(spent, reversed));
    assertThat(story.broken()).contains(ENTRIES_ADD_UP);
  }

  @Test
  void what_was_acknowledged_before_another_began_must_come_first() {
    story.does("b", 50, 5, 6);
    story.does("a", 100, 1, 2);
    assertThat(story.broken()).containsExactly(REAL_TIME_ORDER);
  }

  @Test
  void what_was_under_way_together_may_come_in_any_order() {
    story.does("b", 50, 2, 6);
    story.does("a", 100, 1, 2);
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void a_retry_counts_from_the_first_sending() {
    story.asks("b", accrual("b", 50), 1, 2, new Answer.Unknown("connection lost"));
    story.does("b", 50, 8, 9);
    story.does("a", 100, 3, 4);
    assertThat(story.broken()).isEmpty();
  }

  @Test
  void one_key_answered_in_different_words_is_found() {
    Entry entry = story.does("a", 100, 1, 2);
    story.asks("a", accrual("a", 100), 3, 4, acknowledgement(entry));
    assertThat(story.broken()).isEmpty();
    String other = acknowledgement(entry).body().replace("\"lines\":[],", "");
    story.asks("a", accrual("a", 100), 5, 6, new Answer.Acknowledged(other, true));
    assertThat(story.broken()).containsExactly(REPLAYS_ARE_EQUAL);
  }

  @Test
  void a_violation_shows_calls_and_entries_to_people() {
    story.does("a", 100, 1, 2);
    story.asks("x", deduction("x", 500), 3, 4, insufficient(77));
    assertThat(story.violations(Freshness.OF_THE_CLUSTER))
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
