package points.load.fault.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import points.load.fault.history.Operation;

/**
 * What callers want: about as many points are spent as earned, so that many deductions ask for more
 * than there is; and every fifth call is about one member.
 *
 * @param prefix begins the ids of members and orders
 * @param members how many of them stay
 * @param guests the others
 * @param family some of those who stay
 */
record OperationGenerator(
    String prefix, int members, TemporaryMembers guests, PoolOperations family) {
  static final List<String> STORES = List.of("S1", "S2");

  /** What points become by an exchange. */
  static final String CURRENCY = "stars";

  /** The points that make one of them. */
  static final long GIVE = 10;

  private static final int DAYS = 3;

  Operation next(RandomGenerator random, String order) {
    int kind = random.nextInt(100);
    if (kind < 27) {
      return look(random);
    }
    if (kind < 35) {
      return family.next(random, order);
    }
    Operation ending = kind < 37 ? guests.ending(random, member(random)) : null;
    return ending == null ? write(random, anybody(random), order) : ending;
  }

  Operation look(RandomGenerator random) {
    return new Operation.Balance(anybody(random));
  }

  /** About the member that everybody wants something of. */
  Operation ofHotMember(RandomGenerator random, String order) {
    return write(random, member(0), order);
  }

  /** A store in which somebody buys. */
  static String store(RandomGenerator random) {
    return STORES.get(random.nextInt(STORES.size()));
  }

  /** An order that is paid with money only, so that nothing is in its way but the member's end. */
  Operation.Accrual sale(RandomGenerator random, String order) {
    return sale(random, anybody(random), store(random), order);
  }

  /** The same, of a store. */
  Operation.Accrual sale(RandomGenerator random, String member, String store, String order) {
    Operation.Accrual sale = accrual(random, member, store, order);
    Operation.Terms terms =
        new Operation.Terms(0, 0, sale.terms().pending(), sale.terms().effectiveAt());
    return new Operation.Accrual(
        member, store, order, sale.amount(), sale.occurredAt(), sale.lines(), terms);
  }

  /** Pays for an order of somebody else: with points, those of a pool, or stored value. */
  Operation payForOther(RandomGenerator random, String store, String order) {
    int kind = random.nextInt(100);
    if (kind < 50) {
      return family.spend(random, family.anySharer(random), store, order);
    }
    String payer = member(random);
    return kind < 80
        ? new Operation.Deduction(payer, store, order, random.nextLong(5, 120), "gift")
        : new Operation.Payment(payer, store, order, random.nextLong(200, 3_000));
  }

  /** An order goes over to one who stays; to somebody who is not there, now and then. */
  Operation move(RandomGenerator random, String transactionId, Operation.Accrual sale) {
    String of = transactionId.substring(0, transactionId.lastIndexOf('-'));
    String to = random.nextInt(25) == 0 ? prefix + "-nobody" : member(random);
    return to.equals(of)
        ? new Operation.Balance(of)
        : new Operation.Move(of, transactionId, sale, to);
  }

  /** A small order of a member that others want something of, too. */
  Operation probe(String order) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Operation.Accrual(member(1), STORES.get(0), order, 1_000, now);
  }

  /** Points for somebody of whom it is known that he is there. */
  Operation transfer(RandomGenerator random, String to) {
    String from = anybody(random);
    return from.equals(to)
        ? new Operation.Balance(to)
        : new Operation.Transfer(from, store(random), to, random.nextLong(1, 120));
  }

  private Operation write(RandomGenerator random, String member, String order) {
    String store = store(random);
    int kind = random.nextInt(100);
    if (kind < 32) {
      return accrual(random, member, store, order);
    } else if (kind < 55) {
      return new Operation.Deduction(member, store, order, random.nextLong(5, 250), "gift");
    } else if (kind < 66) {
      long points = random.nextLong(1, 60);
      return new Operation.Adjustment(
          member, random.nextBoolean() ? points : -points, "office", "put right");
    } else if (kind < 79) {
      return hold(random, member, store, order);
    } else if (kind < 87) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      long amount = random.nextLong(1_000, 10_000);
      return new Operation.TopUp(member, store, order, amount, random.nextInt(3) * 100L, now);
    } else if (kind < 95) {
      return new Operation.Payment(member, store, order, random.nextLong(500, 8_000));
    }
    long times = random.nextLong(1, 10);
    return new Operation.Exchange(member, CURRENCY, times * GIVE, times);
  }

  /** Of some days, so that there are lots to choose from; half of them with lines. */
  private static Operation.Accrual accrual(
      RandomGenerator random, String member, String store, String order) {
    Instant then =
        Instant.now().minus(Duration.ofDays(random.nextInt(DAYS))).truncatedTo(ChronoUnit.MILLIS);
    List<Long> lines =
        random.longs(random.nextBoolean() ? 0 : random.nextInt(2, 5), 0, 8_000).boxed().toList();
    long amount =
        lines.isEmpty()
            ? random.nextLong(1_000, 20_000)
            : lines.stream().mapToLong(Long::longValue).sum();
    return new Operation.Accrual(member, store, order, amount, then, lines, terms(random));
  }

  /**
   * Some are paid with points, with stored value, or with both; some of these happened while their
   * till was offline. What some earn is pending.
   */
  private static Operation.Terms terms(RandomGenerator random) {
    int pay = random.nextInt(100);
    boolean pending = random.nextInt(100) < 18;
    // Some of it becomes effective while others still want something of the member.
    Instant effectiveAt =
        Instant.now().plusMillis(random.nextLong(500, 5_000)).truncatedTo(ChronoUnit.MILLIS);
    boolean offline = pay < 22 && random.nextInt(3) == 0;
    return new Operation.Terms(
        pay < 14 ? random.nextLong(1, offline ? 300 : 80) : 0,
        pay >= 10 && pay < 22 ? random.nextLong(100, offline ? 9_000 : 3_000) : 0,
        pending,
        pending && random.nextInt(3) == 0 ? effectiveAt : null,
        offline);
  }

  /** Some of them run out while others still want something of their members. */
  private Operation hold(RandomGenerator random, String member, String store, String order) {
    boolean isShort = random.nextInt(3) == 0 || guests.isOne(member); // who holds cannot end
    long ttlSeconds = isShort ? random.nextLong(1, 4) : 900;
    boolean ofBoth = random.nextInt(4) == 0;
    return new Operation.Hold(
        member,
        store,
        order,
        random.nextLong(1, 120),
        ofBoth ? random.nextLong(1, 3_000) : 0,
        ttlSeconds);
  }

  private String anybody(RandomGenerator random) {
    return random.nextInt(8) == 0 ? guests.any(random) : member(random);
  }

  /** One who stays. */
  String member(RandomGenerator random) {
    return random.nextInt(5) == 0 ? member(0) : member(random.nextInt(members));
  }

  String member(int number) {
    return prefix + "-m" + number;
  }
}
