package points.load.fault.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import points.load.fault.history.Wish;

/**
 * What callers want: about as many points are spent as earned, so that many deductions ask for more
 * than there is; and every fifth call is about one member.
 *
 * @param prefix begins the ids of members and orders
 * @param members how many
 */
record Wishes(String prefix, int members) {
  static final String STORE = "S1";

  private static final int DAYS = 3;

  Wish next(RandomGenerator random, String order) {
    int kind = random.nextInt(100);
    return kind < 27 ? new Wish.Balance(member(random)) : write(random, member(random), order);
  }

  /** About the member that everybody wants something of. */
  Wish ofHotMember(RandomGenerator random, String order) {
    return write(random, member(0), order);
  }

  /** A small order of a member that others want something of, too. */
  Wish probe(String order) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Wish.Accrual(member(1), STORE, order, 1_000, now);
  }

  private static Wish write(RandomGenerator random, String member, String order) {
    int kind = random.nextInt(73);
    if (kind < 35) {
      // Orders of some days, so that there are lots to choose from.
      Instant then =
          Instant.now().minus(Duration.ofDays(random.nextInt(DAYS))).truncatedTo(ChronoUnit.MILLIS);
      return new Wish.Accrual(member, STORE, order, random.nextLong(1_000, 20_000), then);
    }
    if (kind < 65) {
      return new Wish.Deduction(member, STORE, order, random.nextLong(5, 250), "gift");
    }
    long points = random.nextLong(1, 60);
    return new Wish.Adjustment(
        member, random.nextBoolean() ? points : -points, "office", "put right");
  }

  private String member(RandomGenerator random) {
    return random.nextInt(5) == 0 ? member(0) : member(random.nextInt(members));
  }

  String member(int number) {
    return prefix + "-m" + number;
  }
}
