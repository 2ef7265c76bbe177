package points.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LotsTest {

  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  @Test
  void stay_in_the_order_of_their_expiry() {
    Lots lots =
        Lots.NONE
            .plus(new Lot(Lot.NEVER, 1))
            .plus(new Lot(JUNE, 2))
            .plus(new Lot(JULY, 3))
            .plus(new Lot(MAY, 4));
    assertThat(lots.byExpiry())
        .containsExactly(
            new Lot(MAY, 4), new Lot(JUNE, 2), new Lot(JULY, 3), new Lot(Lot.NEVER, 1));
    assertThat(lots.total()).isEqualTo(10);
  }

  @Test
  void that_expire_together_are_one() {
    Lots lots = Lots.NONE.plus(new Lot(JUNE, 2)).plus(new Lot(MAY, 1)).plus(new Lot(JUNE, 5));
    assertThat(lots.byExpiry()).containsExactly(new Lot(MAY, 1), new Lot(JUNE, 7));
    Lots never = Lots.NONE.plus(new Lot(Lot.NEVER, 2)).plus(new Lot(Lot.NEVER, 3));
    assertThat(never.byExpiry()).containsExactly(new Lot(Lot.NEVER, 5));
  }

  @Test
  void of_no_points_are_not_kept() {
    assertThat(Lots.NONE.plus(new Lot(MAY, 0))).isEqualTo(Lots.NONE);
  }

  @Test
  void are_taken_from_the_one_that_expires_first_and_never_expiring_last() {
    Lots lots = Lots.of(List.of(new Lot(MAY, 4), new Lot(JUNE, 2), new Lot(Lot.NEVER, 3)));

    Lots.Taken part = lots.take(3);
    assertThat(part.lots()).containsExactly(new Lot(MAY, 3));
    assertThat(part.rest().byExpiry())
        .containsExactly(new Lot(MAY, 1), new Lot(JUNE, 2), new Lot(Lot.NEVER, 3));

    Lots.Taken more = lots.take(7);
    assertThat(more.lots())
        .containsExactly(new Lot(MAY, 4), new Lot(JUNE, 2), new Lot(Lot.NEVER, 1));
    assertThat(more.negated())
        .containsExactly(new Lot(MAY, -4), new Lot(JUNE, -2), new Lot(Lot.NEVER, -1));
    assertThat(more.rest().byExpiry()).containsExactly(new Lot(Lot.NEVER, 2));

    Lots.Taken all = lots.take(9);
    assertThat(all.rest()).isEqualTo(Lots.NONE);
    assertThat(all.points()).isEqualTo(9);
  }

  @Test
  void do_not_give_more_than_there_is() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lots.of(List.of(new Lot(MAY, 4))).take(5));
  }

  @Test
  void expire_at_their_instant_and_not_before() {
    Lots lots = Lots.of(List.of(new Lot(MAY, 4), new Lot(JUNE, 2), new Lot(Lot.NEVER, 3)));
    assertThat(lots.takeExpired(MAY.minusNanos(1)).isNothing()).isTrue();
    assertThat(lots.takeExpired(MAY).lots()).containsExactly(new Lot(MAY, 4));
    assertThat(lots.takeExpired(JULY).lots()).containsExactly(new Lot(MAY, 4), new Lot(JUNE, 2));
    assertThat(lots.takeExpired(JULY).rest().total()).isEqualTo(3);
    assertThat(lots.takeExpired(JUNE).rest().total()).isEqualTo(3);
  }

  @Test
  void from_outside_must_be_such_as_a_member_can_have() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lots.of(List.of(new Lot(JUNE, 1), new Lot(MAY, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lots.of(List.of(new Lot(MAY, 1), new Lot(MAY, 1))));
    assertThatIllegalArgumentException().isThrownBy(() -> Lots.of(List.of(new Lot(MAY, 0))));
    assertThatIllegalArgumentException().isThrownBy(() -> Lots.of(List.of(new Lot(MAY, -1))));
  }

  @Test
  void do_as_a_sorted_map_does() {
    var random = new Random(4);
    for (int run = 0; run < 200; run++) {
      Lots lots = Lots.NONE;
      var map = new TreeMap<Instant, Long>();
      for (int step = 0; step < 100; step++) {
        if (random.nextInt(3) > 0 || lots.total() == 0) {
          Instant expiry =
              random.nextInt(9) == 0 ? Lot.NEVER : MAY.plusSeconds(86_400L * random.nextInt(30));
          long points = random.nextInt(100);
          lots = lots.plus(new Lot(expiry, points));
          map.merge(expiry, points, Long::sum);
        } else {
          long points = 1 + (long) (random.nextDouble() * lots.total());
          lots = lots.take(points).rest();
          take(map, points);
        }
        map.values().removeIf(it -> it == 0);
        assertSame(lots, map);
      }
    }
  }

  private static void take(Map<Instant, Long> map, long points) {
    long missing = points;
    for (var lot : map.entrySet()) {
      long part = Math.min(missing, lot.getValue());
      lot.setValue(lot.getValue() - part);
      missing -= part;
    }
  }

  private static void assertSame(Lots lots, Map<Instant, Long> map) {
    assertThat(lots.byExpiry())
        .isEqualTo(map.entrySet().stream().map(it -> new Lot(it.getKey(), it.getValue())).toList());
    assertThat(lots.total()).isEqualTo(map.values().stream().mapToLong(it -> it).sum());
    assertThat(Lots.of(lots.byExpiry())).isEqualTo(lots).hasSameHashCodeAs(lots);
  }
}
