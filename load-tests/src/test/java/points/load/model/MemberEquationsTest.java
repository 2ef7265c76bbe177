package points.load.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import points.load.model.Entry.Kind;
import points.load.model.Movement.Place;

final class MemberEquationsTest {
  private static final Instant AS_OF = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant GONE = AS_OF;
  private static final Instant SOON = AS_OF.plusSeconds(1);
  private static final Instant NEVER = Lot.NEVER;

  private final List<Entry> entries = new ArrayList<>();
  private long balance;
  private long held;

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
  void hold_whether_or_not_an_expiry_is_booked_yet() {
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
  void an_entry_that_is_not_the_sum_of_its_lots_is_reported() {
    entry(30, new Lot(SOON, 20), new Lot(NEVER, 9));
    assertThat(broken(29, new Lot(SOON, 20), new Lot(NEVER, 9)))
        .containsExactly(new Mismatch("m1", "m1-1 has 30 points but movements of 29"));
  }

  @Test
  void lots_that_differ_are_reported_although_their_sum_does_not() {
    entry(30, new Lot(SOON, 20), new Lot(NEVER, 10));
    assertThat(broken(30, new Lot(SOON, 10), new Lot(NEVER, 20)))
        .singleElement()
        .extracting(Mismatch::what)
        .asString()
        .startsWith("open lots are ");
  }

  @Test
  void points_spent_that_were_not_there_are_reported() {
    entry(30, new Lot(NEVER, 30));
    entry(-40, new Lot(NEVER, -40));
    assertThat(broken(-10, new Lot(NEVER, -10)))
        .containsExactly(
            new Mismatch("m1", "10 points too many were taken from the lot of 30 never expiring"));
  }

  @Test
  void reports_a_balance_other_than_the_entries_leave() {
    entry(30, new Lot(NEVER, 30));
    balance++;
    entry(5, new Lot(NEVER, 5));
    assertThat(broken(35, new Lot(NEVER, 35)))
        .containsExactly(
            new Mismatch("m1", "m1-2 has a balance of 36 points, the entries leave 35"));
  }

  @Test
  void points_spent_from_a_later_lot_are_reported() {
    entry(Kind.ACCRUAL, 50, 0, new Lot(SOON, 30), new Lot(NEVER, 20));
    entry(Kind.DEDUCTION, -10, 0, new Lot(NEVER, -10));
    assertThat(broken(40, new Lot(SOON, 30), new Lot(NEVER, 10)))
        .singleElement()
        .extracting(Mismatch::what)
        .asString()
        .startsWith("points were not taken from the lots that expire first");
  }

  @Test
  void a_gap_in_the_history_is_reported() {
    entry(1, new Lot(NEVER, 1));
    entry(1, new Lot(NEVER, 1));
    entry(1, new Lot(NEVER, 1));
    entries.remove(1);
    assertThat(broken(2, new Lot(NEVER, 2)))
        .containsExactly(new Mismatch("m1", "entry 3 stands where 2 belongs"));
    entries.remove(0);
    assertThat(broken(1, new Lot(NEVER, 1)))
        .containsExactly(new Mismatch("m1", "entry 3 stands where 1 belongs"));
  }

  @Test
  void an_entry_that_the_history_lacks_at_its_end_is_reported() {
    entry(1, new Lot(NEVER, 1));
    entry(0);
    Entry last = entries.remove(1);
    assertThat(broken(last.sequence(), 1, new Lot(NEVER, 1)))
        .containsExactly(new Mismatch("m1", "the sequence is 2, the entries leave 1"));
  }

  @Test
  void points_that_are_held_or_owed_count_for_an_entry() {
    entry(10, new Lot(NEVER, 10));
    entry(0, 4, new Lot(NEVER, -4));
    assertThat(broken(6, new Lot(NEVER, 6))).isEmpty();
    entry(0, 3, new Lot(NEVER, -4));
    assertThat(broken(2, new Lot(NEVER, 2)))
        .containsExactly(new Mismatch("m1", "m1-3 has 0 points but movements of -1"));
  }

  @Test
  void points_that_are_held_and_not_shown_as_held_are_reported() {
    entry(10, new Lot(NEVER, 10));
    entry(0, 4, new Lot(NEVER, -4));
    held = 0;
    assertThat(broken(6, new Lot(NEVER, 6)))
        .containsExactly(new Mismatch("m1", "held is 0, the entries leave 4"));
  }

  private void entry(long points, Lot... lots) {
    entry(points, 0, lots);
  }

  private void entry(long points, long held, Lot... lots) {
    entry(Kind.REVERSAL, points, held, lots);
  }

  private void entry(Kind kind, long points, long held, Lot... lots) {
    balance += Stream.of(lots).mapToLong(Lot::points).sum();
    this.held += held;
    List<Movement> movements = new ArrayList<>(Stream.of(lots).map(Movement::ofAvailable).toList());
    if (held != 0) {
      movements.add(
          new Movement(Movement.POINTS, Place.HELD, Movement.UNKNOWN_RESERVATION, Lot.NEVER, held));
    }
    entries.add(
        new Entry(
            "m1",
            entries.size() + 1,
            kind,
            points,
            balance,
            movements,
            Entry.Origin.NONE,
            Entry.Extra.NONE,
            AS_OF,
            AS_OF,
            null));
  }

  private List<Mismatch> broken(long available, Lot... open) {
    long newest = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence();
    return broken(newest, available, open);
  }

  private List<Mismatch> broken(long sequence, long available, Lot... open) {
    MemberState state =
        new MemberState(
            "m1",
            sequence,
            available,
            1_000,
            0,
            Arrays.asList(open),
            new MemberState.Others(
                held, 0, 0, 0, new TreeMap<>(), List.of(), MemberState.Status.ACTIVE, null));
    return MemberEquations.broken(new MemberSnapshot(state, entries, AS_OF));
  }
}
