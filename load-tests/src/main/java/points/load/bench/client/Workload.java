package points.load.bench.client;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import points.load.bench.client.RequestTemplate.Field;

/**
 * A mixture of requests about members chosen evenly.
 *
 * @param reads share in percent; what reads and accruals leave to 100 are deductions
 * @param accruals share in percent
 * @param members at most so many of the population
 */
public record Workload(int reads, int accruals, int members) {
  public static final Workload ACCRUALS = new Workload(0, 100, Integer.MAX_VALUE);
  public static final Workload DEDUCTIONS = new Workload(0, 0, Integer.MAX_VALUE);
  public static final Workload PROMOTION_DAY = new Workload(60, 30, Integer.MAX_VALUE);
  public static final Workload READS = new Workload(100, 0, Integer.MAX_VALUE);
  public static final Workload ONE_MEMBER = new Workload(0, 100, 1);

  /** The price of a basket: 128.50 in a currency with two decimals. */
  private static final long BASKET = 12_850;

  public Workload {
    if (reads < 0 || accruals < 0 || reads + accruals > 100 || members < 1) {
      throw new IllegalArgumentException("shares are percent, members at least one");
    }
  }

  /** Returns requests without an end, for one thread. */
  public RequestSource source(Population population) {
    int chosen = Math.min(members, population.shape().members());
    SplittableRandom random = new SplittableRandom();
    Identity identity = new Identity(random, population.shape().stores());
    RequestTemplate read = population.read();
    RequestTemplate accrual = population.accrual(BASKET);
    RequestTemplate deduction = population.deduction();
    return stream -> {
      int member = random.nextInt(chosen);
      int share = random.nextInt(100);
      if (share < reads) {
        read.decimal(Field.MEMBER, member);
        return read;
      }
      if (share < reads + accruals) {
        identity.give(accrual, member, stream);
        identity.now(accrual);
        return accrual;
      }
      identity.give(deduction, member, stream);
      deduction.decimal(Field.POINTS, 1 + random.nextInt(9));
      return deduction;
    };
  }

  /** Gives writes an order and a key that were never used before; belongs to one thread. */
  static final class Identity {
    private static final long ORDERS_PER_STREAM = 1_000_000_000;

    private final SplittableRandom random;
    private final int stores;
    private long orders;
    private long second;

    Identity(SplittableRandom random, int stores) {
      this.random = random;
      this.stores = stores;
    }

    /** Orders ascend in each connection as at a till; keys are random as a till's would be. */
    void give(RequestTemplate request, int member, long stream) {
      request.decimal(Field.MEMBER, member);
      request.hexadecimal(Field.KEY, random.nextLong());
      if (request.has(Field.STORE)) {
        request.decimal(Field.STORE, random.nextInt(stores));
      }
      if (request.has(Field.ORDER)) {
        request.decimal(Field.ORDER, stream * ORDERS_PER_STREAM + orders++);
      }
    }

    /** Writes the time into a request, always the same one, once in a second. */
    void now(RequestTemplate request) {
      long now = System.currentTimeMillis() / TimeUnit.SECONDS.toMillis(1);
      if (now != second) {
        second = now;
        request.text(Field.TIME, Instant.ofEpochSecond(now).toString());
      }
    }
  }
}
