package points.load.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.model.Entry;
import points.load.model.Lot;
import points.load.model.MemberSnapshot;
import points.load.model.MemberState;
import points.load.model.Mismatch;
import points.load.model.ModelExamples;

final class BalanceAuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Outcomes outcomes = new Outcomes();
  private final List<Entry> entries = new ArrayList<>();
  private long balance;

  @BeforeEach
  void opened_with_a_hundred() {
    outcomes.acknowledged("m1", "opening", 100);
    entry(Entry.Kind.ACCRUAL, "opening", 100);
  }

  @Test
  void entries_that_equal_the_answers_have_no_mismatch() {
    outcomes.sent("m1", "o1");
    outcomes.acknowledged("m1", "o1", -30);
    entry(Entry.Kind.DEDUCTION, "o1", -30);
    outcomes.refused("m1", "o2");
    assertThat(audit(70)).isEmpty();
  }

  @Test
  void an_order_in_doubt_may_have_happened_or_not() {
    outcomes.sent("m1", "o1");
    assertThat(audit(100)).isEmpty();
    entry(Entry.Kind.ACCRUAL, "o1", 5);
    assertThat(audit(105)).isEmpty();
    entry(Entry.Kind.ACCRUAL, "o1", 5);
    assertThat(audit(110)).contains(new Mismatch("m1", "order o1 may have 1 entries and has 2"));
  }

  @Test
  void an_acknowledged_order_that_is_missing_is_found() {
    outcomes.acknowledged("m1", "o1", 5);
    assertThat(audit(100))
        .containsExactlyInAnyOrder(
            new Mismatch("m1", "order o1 was acknowledged and has 0 entries"),
            new Mismatch("m1", "available is 100, the answers to the tills make 105"));
  }

  @Test
  void an_acknowledged_order_with_other_points_is_found() {
    outcomes.acknowledged("m1", "o1", 5);
    entry(Entry.Kind.ACCRUAL, "o1", 6);
    assertThat(audit(106))
        .contains(new Mismatch("m1", "order o1 was acknowledged with 5 points and has 6"));
  }

  @Test
  void finds_a_refused_order_with_an_entry() {
    outcomes.refused("m1", "o1");
    entry(Entry.Kind.DEDUCTION, "o1", -5);
    assertThat(audit(95)).contains(new Mismatch("m1", "order o1 may have 0 entries and has 1"));
  }

  @Test
  void an_entry_of_an_order_that_was_not_sent_is_found() {
    entry(Entry.Kind.ACCRUAL, "o9", 5);
    assertThat(audit(105)).contains(new Mismatch("m1", "order o9 has an entry nobody asked for"));
  }

  @Test
  void books_that_disagree_with_themselves_are_found() {
    assertThat(audit(99)).contains(new Mismatch("m1", "available is 99, the entries leave 100"));
  }

  private void entry(Entry.Kind kind, String orderId, long points) {
    balance += points;
    entries.add(
        ModelExamples.entry(
            "m1",
            entries.size() + 1,
            kind,
            points,
            balance,
            List.of(new Lot(Lot.NEVER, points)),
            new Entry.Origin("s1", orderId, null, null, null),
            NOW,
            NOW,
            null));
  }

  private List<Mismatch> audit(long available) {
    List<Lot> lots = List.of(new Lot(Lot.NEVER, balance));
    MemberState state = ModelExamples.state("m1", entries.size(), available, 1_000, 0, lots);
    return BalanceAudit.mismatches(new MemberSnapshot(state, entries, NOW), outcomes.of("m1"));
  }
}
