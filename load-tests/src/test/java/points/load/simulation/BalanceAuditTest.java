package points.load.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.account.Account;
import points.load.account.Balance;
import points.load.account.Entry;
import points.load.account.Lot;
import points.load.account.Mismatch;

final class BalanceAuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Outcomes outcomes = new Outcomes();
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void opened_with_a_hundred() {
    outcomes.acknowledged("m1", "opening", 100);
    entry("accrual", "opening", 100);
  }

  @Test
  void agrees_when_the_books_hold_what_the_tills_were_told() {
    outcomes.sent("m1", "o1");
    outcomes.acknowledged("m1", "o1", -30);
    entry("deduction", "o1", -30);
    outcomes.refused("m1", "o2");
    assertThat(audit(70)).isEmpty();
  }

  @Test
  void an_order_in_doubt_may_have_happened_or_not() {
    outcomes.sent("m1", "o1");
    assertThat(audit(100)).isEmpty();
    entry("accrual", "o1", 5);
    assertThat(audit(105)).isEmpty();
    entry("accrual", "o1", 5);
    assertThat(audit(110)).contains(new Mismatch("m1", "order o1 may have 1 entries and has 2"));
  }

  @Test
  void an_acknowledged_order_that_is_missing_is_found() {
    outcomes.acknowledged("m1", "o1", 5);
    assertThat(audit(100))
        .containsExactlyInAnyOrder(
            new Mismatch("m1", "order o1 was acknowledged and has 0 entries"),
            new Mismatch("m1", "available is 100, the tills were told 105"));
  }

  @Test
  void an_acknowledged_order_with_other_points_is_found() {
    outcomes.acknowledged("m1", "o1", 5);
    entry("accrual", "o1", 6);
    assertThat(audit(106))
        .contains(new Mismatch("m1", "order o1 was acknowledged with 5 points and has 6"));
  }

  @Test
  void a_refused_order_that_happened_is_found() {
    outcomes.refused("m1", "o1");
    entry("deduction", "o1", -5);
    assertThat(audit(95)).contains(new Mismatch("m1", "order o1 may have 0 entries and has 1"));
  }

  @Test
  void an_entry_nobody_asked_for_is_found() {
    entry("accrual", "o9", 5);
    assertThat(audit(105)).contains(new Mismatch("m1", "order o9 has an entry nobody asked for"));
  }

  @Test
  void books_that_disagree_with_themselves_are_found() {
    assertThat(audit(99)).contains(new Mismatch("m1", "available is 99, the entries leave 100"));
  }

  private void entry(String kind, String orderId, long points) {
    int sequence = entries.size() + 1;
    entries.add(
        0,
        new Entry(
            "m1-" + sequence,
            sequence,
            kind,
            points,
            List.of(new Lot(Optional.empty(), points)),
            0,
            Optional.of(new Entry.Order("s1", orderId)),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            0,
            NOW));
  }

  private List<Mismatch> audit(long available) {
    long sum = entries.stream().mapToLong(Entry::points).sum();
    Balance balance = new Balance(available, 1_000, entries.size(), NOW);
    List<Lot> lots = List.of(new Lot(Optional.empty(), sum));
    return BalanceAudit.mismatches(new Account("m1", entries, lots, balance), outcomes.of("m1"));
  }
}
