package points.load.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EquationsTest {
  private static final Instant AS_OF = Instant.parse("2026-11-22T10:00:00Z");
  private static final Optional<Instant> GONE = Optional.of(AS_OF);
  private static final Optional<Instant> SOON = Optional.of(AS_OF.plusSeconds(1));
  private static final Optional<Instant> NEVER = Optional.empty();

  private final List<Entry> entries = new ArrayList<>();

  @Test
  void hold_for_no_entries_at_all() {
    assertThat(broken(0)).isEmpty();
  }

  @Test
  void hold_for_points_earned_and_spent() {
    entry(30, new Lot(SOON, 30));
    entry(70, new Lot(NEVER, 70));
    entry(0);
    entry(-50, new Lot(SOON, -30), new Lot(NEVER, -20));
    assertThat(broken(50, new Lot(NEVER, 50))).isEmpty();
  }

  @Test
  void hold_whether_or_not_an_expiry_has_been_written_down_yet() {
    entry(30, new Lot(GONE, 30));
    entry(70, new Lot(SOON, 70));
    assertThat(broken(70, new Lot(SOON, 70))).isEmpty();
    assertThat(broken(70, new Lot(GONE, 30), new Lot(SOON, 70))).isEmpty();
    entry(-30, new Lot(GONE, -30));
    assertThat(broken(70, new Lot(SOON, 70))).isEmpty();
  }

  @Test
  void points_are_gone_at_the_instant_of_their_expiry() {
    entry(30, new Lot(GONE, 30));
    assertThat(broken(30, new Lot(GONE, 30)))
        .containsExactly(new Mismatch("m1", "available is 30, the entries leave 0"));
  }

  @Test
  void find_an_entry_that_is_not_the_sum_of_its_lots() {
    entry(30, new Lot(SOON, 20), new Lot(NEVER, 9));
    assertThat(broken(29, new Lot(SOON, 20), new Lot(NEVER, 9)))
        .containsExactly(new Mismatch("m1", "m1-1 has 30 points but lots of 29"));
  }

  @Test
  void find_lots_that_differ_although_their_sum_does_not() {
    entry(30, new Lot(SOON, 20), new Lot(NEVER, 10));
    assertThat(broken(30, new Lot(SOON, 10), new Lot(NEVER, 20)))
        .singleElement()
        .extracting(Mismatch::what)
        .asString()
        .startsWith("open lots are ");
  }

  @Test
  void find_points_spent_that_were_not_there() {
    entry(30, new Lot(NEVER, 30));
    entry(-40, new Lot(NEVER, -40));
    assertThat(broken(-10, new Lot(NEVER, -10)))
        .containsExactly(
            new Mismatch("m1", "10 points too many were taken from the lot never expiring"));
  }

  @Test
  void find_a_gap_in_the_history() {
    entry(1, new Lot(NEVER, 1));
    entry(1, new Lot(NEVER, 1));
    entry(1, new Lot(NEVER, 1));
    entries.remove(1);
    assertThat(broken(2, new Lot(NEVER, 2)))
        .containsExactly(new Mismatch("m1", "entry 1 stands where 2 belongs"));
    entries.remove(1);
    assertThat(broken(1, new Lot(NEVER, 1)))
        .containsExactly(new Mismatch("m1", "the history ends before its first 2 entries"));
  }

  @Test
  void what_is_set_aside_or_owed_counts_for_an_entry() {
    entry(10, new Lot(NEVER, 10));
    entry(0, 4, new Lot(NEVER, -4));
    assertThat(broken(6, new Lot(NEVER, 6))).isEmpty();
    entry(0, 3, new Lot(NEVER, -4));
    assertThat(broken(2, new Lot(NEVER, 2)))
        .containsExactly(new Mismatch("m1", "m1-3 has 0 points but lots of -1"));
  }

  private void entry(long points, Lot... lots) {
    entry(points, 0, lots);
  }

  private void entry(long points, long elsewhere, Lot... lots) {
    int sequence = entries.size() + 1;
    entries.add(
        0,
        new Entry(
            "m1-" + sequence,
            sequence,
            "any",
            points,
            Arrays.asList(lots),
            elsewhere,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            0,
            AS_OF));
  }

  private List<Mismatch> broken(long available, Lot... open) {
    long newest = entries.isEmpty() ? 0 : entries.get(0).sequence();
    Balance balance = new Balance(available, 1_000, newest, AS_OF);
    return Equations.broken(new Account("m1", entries, Arrays.asList(open), balance));
  }
}
