package points.load.fault.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;
import points.load.fault.history.Operation;

/**
 * Generates the operations of a workload. Points are spent about as often as earned, so that many
 * deductions ask for more than there is. Every fifth operation is on the same member.
 *
 * @param prefix begins the ids of members and orders
 * @param members the number of lasting members
 * @param temporary the other members
 * @param pool shared by some of the lasting members
 */
record OperationGenerator(
    String prefix, int members, TemporaryMembers temporary, PoolOperations pool) {
  static final List<String> STORES = List.of("S1", "S2");

  /** The currency for which points are exchanged. */
  static final String CURRENCY = "stars";

  /** The points that buy one of them. */
  static final long GIVE = 10;

  private static final int DAYS = 3;

  /** Longer than any run, so that the state of a member does not change without an entry. */
  private static final Duration GOOD_MIN = Duration.ofDays(1);

  Operation next(RandomGenerator random, String order) {
    int kind = random.nextInt(100);
    if (kind < 27) {
      return read(random);
    }
    if (kind < 35) {
      return pool.next(random, order);
    }
    Operation end = kind < 37 ? temporary.end(random, member(random)) : null;
    return end == null ? write(random, anyMember(random), order) : end;
  }

  Operation read(RandomGenerator random) {
    return new Operation.Balance(anyMember(random));
  }

  /** A change of the member that every fifth operation is on. */
  Operation ofHotMember(RandomGenerator random, String order) {
    return write(random, member(0), order);
  }

  /** Any store. */
  static String store(RandomGenerator random) {
    return STORES.get(random.nextInt(STORES.size()));
  }

  /** An order paid with money only, which only the end of its member can prevent. */
  Operation.Accrual sale(RandomGenerator random, String order) {
    return sale(random, anyMember(random), store(random), order);
  }

  /** The same, in a given store. */
  Operation.Accrual sale(RandomGenerator random, String member, String store, String order) {
    Operation.Accrual sale = accrual(random, member, store, order);
    Operation.Terms terms =
        new Operation.Terms(0, 0, sale.terms().pending(), sale.terms().effectiveAt());
    return new Operation.Accrual(
        member, store, order, sale.amount(), sale.occurredAt(), sale.lines(), terms);
  }

  /** Pays for the order of another member: with points, points of a pool, or stored value. */
  Operation payForOther(RandomGenerator random, String store, String order) {
    int kind = random.nextInt(100);
    if (kind < 50) {
      return pool.spend(random, pool.anySharer(random), store, order);
    }
    String payer = member(random);
    return kind < 80
        ? new Operation.Deduction(payer, store, order, random.nextLong(5, 120), "gift")
        : new Operation.Payment(payer, store, order, random.nextLong(200, 3_000));
  }

  /** Moves an order to a lasting member; now and then to one that does not exist. */
  Operation move(RandomGenerator random, String transactionId, Operation.Accrual sale) {
    String of = transactionId.substring(0, transactionId.lastIndexOf('-'));
    String to = random.nextInt(25) == 0 ? prefix + "-nobody" : member(random);
    return to.equals(of)
        ? new Operation.Balance(of)
        : new Operation.Move(of, transactionId, sale, to);
  }

  /** A small order of a member on which other callers operate, too. */
  Operation probe(String order) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Operation.Accrual(member(1), STORES.get(0), order, 1_000, now);
  }

  /** Sends points to a member that is known to exist. */
  Operation transfer(RandomGenerator random, String to) {
    String from = anyMember(random);
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
    } else if (kind < 60) {
      return gift(random, member);
    } else if (kind < 67) {
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

  /** A gift; its points end as the program says, have ended already, or end after the run. */
  private static Operation.Gift gift(RandomGenerator random, String member) {
    int kind = random.nextInt(8);
    Duration good = Duration.ofMinutes(random.nextLong(1, 500_000));
    Instant expiresAt = Instant.now().plus(kind == 0 ? good.negated() : GOOD_MIN.plus(good));
    return new Operation.Gift(
        member,
        random.nextLong(1, 60),
        kind > 4 ? null : expiresAt.truncatedTo(ChronoUnit.MILLIS),
        "office",
        "an apology");
  }

  /** An order of one of the last days, so that lots differ; half of the orders have lines. */
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
   * Some orders are paid with points, stored value or both, some of those while their till is
   * offline. Some orders earn pending points.
   */
  private static Operation.Terms terms(RandomGenerator random) {
    int pay = random.nextInt(100);
    boolean pending = random.nextInt(100) < 18;
    // Early enough for other callers to see points become available.
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

  /** A hold; some expire while other callers still operate on the member. */
  private Operation hold(RandomGenerator random, String member, String store, String order) {
    boolean isShort =
        random.nextInt(3) == 0 || temporary.isOne(member); // a hold would prevent its end
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

  private String anyMember(RandomGenerator random) {
    return random.nextInt(8) == 0 ? temporary.any(random) : member(random);
  }

  /** Any lasting member. */
  String member(RandomGenerator random) {
    return random.nextInt(5) == 0 ? member(0) : member(random.nextInt(members));
  }

  String member(int number) {
    return prefix + "-m" + number;
  }
}
