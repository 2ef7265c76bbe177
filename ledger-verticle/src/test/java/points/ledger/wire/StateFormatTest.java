package points.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.abuse.RecentOrder;
import points.ledger.abuse.RecentOrders;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement.Place;
import points.ledger.award.CapUse;
import points.ledger.award.CapUses;
import points.ledger.award.EarningFacts;
import points.ledger.book.Caps.Period;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;
import points.ledger.model.Status;
import points.ledger.rules.Fraction;
import points.ledger.tier.Floor;
import points.ledger.tier.LevelFrom;
import points.ledger.tier.Measured;
import points.ledger.tier.TierFacts;

class StateFormatTest {

  @Test
  void reads_back_the_records_it_wrote() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      MemberState state = anyState(random);
      assertThat(WireFormat.STATE.decode(WireFormat.STATE.encode(state))).isEqualTo(state);
    }
  }

  @Test
  void reads_back_the_largest_numbers_there_are() {
    Instant last = Instant.parse("2136-12-31T23:59:59Z");
    var lots = Lots.of(List.of(new Lot(last, 1), new Lot(Lot.NEVER, Limits.POINTS_MAX - 1)));
    var state =
        new MemberState(Status.FROZEN, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, lots);
    assertThat(WireFormat.STATE.decode(WireFormat.STATE.encode(state))).isEqualTo(state);
    assertThat(WireFormat.STATE.decode(WireFormat.STATE.encode(MemberState.ENROLLED)))
        .isEqualTo(MemberState.ENROLLED);
  }

  @Test
  void takes_less_than_120_bytes_for_a_member_like_most() {
    Instant midnight = Instant.parse("2027-11-22T16:00:00Z");
    var lots = new ArrayList<Lot>();
    for (int month = 0; month < 6; month++) {
      lots.add(new Lot(midnight.plusSeconds(month * 30L * 86_400), 12_850));
    }
    lots.add(new Lot(Lot.NEVER, 500));
    var state = new MemberState(Status.ACTIVE, 1_234, 250_000, 170_000, Lots.of(lots));
    assertThat(WireFormat.STATE.encode(state)).hasSizeLessThan(120);

    var few = new MemberState(Status.ACTIVE, 40, 9_000, 5_000, Lots.of(lots.subList(0, 3)));
    assertThat(WireFormat.STATE.encode(few)).hasSizeLessThanOrEqualTo(71);
  }

  @Test
  void refuses_versions_it_does_not_know() {
    byte[] bytes = WireFormat.STATE.encode(MemberState.ENROLLED);
    bytes[0] = 9;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.STATE.decode(bytes))
        .withMessageContaining("version 9");
  }

  @Test
  void refuses_states_of_a_release_with_another_shape_of_states() {
    byte[] bytes = WireFormat.STATE.encode(MemberState.ENROLLED);
    bytes[4]++;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireFormat.STATE.decode(bytes))
        .withMessageContaining("another shape");
  }

  @Test
  void the_shape_of_a_record_is_that_of_all_records_in_it() {
    assertThat(RecordShape.of(One.class)).isEqualTo("One(first:long,others:List<Other(a:String)>)");
    assertThat(RecordShape.of(MemberState.class))
        .contains("status:Status", "Lot(expiresAt:Instant,points:long)", "Reservation(");
  }

  record Other(String a) {}

  record One(long first, List<Other> others) {}

  @Test
  void a_state_cut_short_is_refused() {
    var random = new Random(6);
    for (int i = 0; i < 200; i++) {
      byte[] whole = WireFormat.STATE.encode(anyState(random));
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatIllegalArgumentException().isThrownBy(() -> WireFormat.STATE.decode(part));
      }
    }
  }

  @Test
  void takes_less_than_290_bytes_for_a_member_that_has_something_in_every_account() {
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
            null,
            EarningFacts.FRESH);
    assertThat(WireFormat.STATE.encode(state)).hasSizeLessThan(290);
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
        random.nextBoolean() ? null : "another",
        facts(random));
  }

  private static EarningFacts facts(Random random) {
    Fraction carry =
        random.nextBoolean()
            ? Fraction.ZERO
            : Fraction.of(random.nextInt(-9, 9), 1 + number(random));
    var uses = new ArrayList<CapUse>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Period period = List.of(Period.values()).get(random.nextInt(4));
      uses.add(
          CapUse.on(LocalDate.ofEpochDay(random.nextInt(40_000)), "r", period, number(random)));
    }
    return new EarningFacts(
        random.nextBoolean(),
        carry,
        new CapUses(List.copyOf(uses)),
        tierFacts(random),
        recent(random));
  }

  private static @Nullable RecentOrders recent(Random random) {
    if (random.nextBoolean()) {
      return null;
    }
    var orders = new ArrayList<RecentOrder>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      orders.add(new RecentOrder(number(random), number(random), number(random)));
    }
    return new RecentOrders(List.copyOf(orders));
  }

  private static @Nullable TierFacts tierFacts(Random random) {
    if (random.nextBoolean()) {
      return null;
    }
    var months = new ArrayList<Measured>();
    for (int i = random.nextInt(4); i > 0; i--) {
      months.add(new Measured(24_000 + i, number(random), number(random), number(random)));
    }
    var levels = new ArrayList<LevelFrom>();
    for (int i = random.nextInt(3); i > 0; i--) {
      levels.add(new LevelFrom("gold", Instant.ofEpochSecond(random.nextInt(), 5_000)));
    }
    return new TierFacts(
        List.copyOf(months),
        List.copyOf(levels),
        random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt()),
        random.nextBoolean(),
        floors(random));
  }

  private static List<Floor> floors(Random random) {
    var floors = new ArrayList<Floor>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Instant until = random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt());
      Instant since = Instant.ofEpochSecond(random.nextInt(), 5_000);
      floors.add(new Floor("gold", since, until, random.nextBoolean()));
    }
    return List.copyOf(floors);
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
