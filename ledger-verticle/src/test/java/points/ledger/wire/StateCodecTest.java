package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import points.ledger.model.Account;
import points.ledger.model.Accounts;
import points.ledger.model.Limits;
import points.ledger.model.Lot;
import points.ledger.model.Lots;
import points.ledger.model.MemberState;
import points.ledger.model.Movement.Place;
import points.ledger.model.Reservation;
import points.ledger.model.Status;

class StateCodecTest {

  @Test
  void reads_back_what_it_wrote() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      MemberState state = anyState(random);
      assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
    }
  }

  @Test
  void reads_back_the_largest_numbers_there_are() {
    Instant last = Instant.parse("2136-12-31T23:59:59Z");
    var lots = Lots.of(List.of(new Lot(last, 1), new Lot(Lot.NEVER, Limits.POINTS_MAX - 1)));
    var state =
        new MemberState(Status.FROZEN, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, lots);
    assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
    assertThat(StateCodec.decode(StateCodec.encode(MemberState.ENROLLED)))
        .isEqualTo(MemberState.ENROLLED);
  }

  @Test
  void takes_less_than_60_bytes_for_a_member_like_most() {
    Instant midnight = Instant.parse("2027-11-22T16:00:00Z");
    var lots = new ArrayList<Lot>();
    for (int month = 0; month < 6; month++) {
      lots.add(new Lot(midnight.plusSeconds(month * 30L * 86_400), 12_850));
    }
    lots.add(new Lot(Lot.NEVER, 500));
    var state = new MemberState(Status.ACTIVE, 1_234, 250_000, 170_000, Lots.of(lots));
    assertThat(StateCodec.encode(state)).hasSizeLessThan(60);

    var few = new MemberState(Status.ACTIVE, 40, 9_000, 5_000, Lots.of(lots.subList(0, 3)));
    assertThat(StateCodec.encode(few)).hasSizeLessThanOrEqualTo(36);
  }

  @Test
  void refuses_versions_it_does_not_know() {
    byte[] bytes = StateCodec.encode(MemberState.ENROLLED);
    bytes[0] = 9;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateCodec.decode(bytes))
        .withMessageContaining("version 9");
  }

  @Test
  void takes_less_than_200_bytes_for_a_member_that_has_something_in_every_account() {
    Instant midnight = Instant.parse("2027-11-22T16:00:00Z");
    var lots = new ArrayList<Lot>();
    for (int month = 0; month < 12; month++) {
      lots.add(new Lot(midnight.plusSeconds(month * 30L * 86_400), 12_850));
    }
    var accounts =
        Map.of(
            Accounts.GROWTH, new Account(Lots.of(List.of(new Lot(Lot.NEVER, 5_400))), 0),
            Accounts.STORED_VALUE, new Account(Lots.of(List.of(new Lot(Lot.NEVER, 20_000))), 0));
    var hold =
        Reservation.of(
            1_233,
            Place.HELD,
            midnight,
            "S001",
            "20261122-0009",
            Map.of(Accounts.POINTS, Lots.of(lots.subList(0, 2))));
    var state =
        new MemberState(
            Status.ACTIVE,
            1_234,
            250_000,
            170_000,
            Accounts.of(new Account(Lots.of(lots), 0), accounts),
            List.of(hold),
            null);
    assertThat(StateCodec.encode(state)).hasSizeLessThan(200);
  }

  private static MemberState anyState(Random random) {
    if (random.nextInt(3) == 0) {
      return new MemberState(
          random.nextBoolean() ? Status.ACTIVE : Status.FROZEN,
          number(random),
          number(random),
          number(random),
          lots(random));
    }
    var others = new HashMap<String, Account>();
    for (String name : List.of(Accounts.GROWTH, Accounts.STORED_VALUE, "stars")) {
      if (random.nextBoolean()) {
        others.put(name, new Account(lots(random), number(random)));
      }
    }
    var reserves = new ArrayList<Reservation>();
    for (int i = random.nextInt(3); i > 0; i--) {
      reserves.add(reserve(random));
    }
    return new MemberState(
        List.of(Status.values()).get(random.nextInt(4)),
        number(random),
        number(random),
        number(random),
        Accounts.of(new Account(lots(random), number(random)), others),
        List.copyOf(reserves),
        random.nextBoolean() ? null : "another");
  }

  private static Reservation reserve(Random random) {
    return Reservation.of(
        number(random),
        random.nextBoolean() ? Place.HELD : Place.PENDING,
        random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt(), 123_456_000),
        random.nextBoolean() ? null : "store",
        random.nextBoolean() ? null : "order",
        Map.of(Accounts.POINTS, lots(random), "stars", lots(random)));
  }

  private static Lots lots(Random random) {
    var expiries = new TreeSet<Instant>();
    for (int i = random.nextInt(12); i > 0; i--) {
      expiries.add(
          random.nextInt(20) == 0
              ? Lot.NEVER
              : Instant.ofEpochSecond(random.nextLong(946_684_800L, 5_000_000_000L)));
    }
    return Lots.of(expiries.stream().map(it -> new Lot(it, 1 + number(random))).toList());
  }

  private static long number(Random random) {
    return (long) (random.nextDouble() * Math.pow(10, random.nextInt(16)));
  }
}
