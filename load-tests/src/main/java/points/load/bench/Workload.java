package points.load.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import points.load.bench.RequestTemplate.Field;

/**
 * A mixture of requests about members chosen evenly.
 *
 * @param reads share in percent; what reads and accruals leave to 100 are deductions
 * @param accruals share in percent
 * @param members requests are about the first so many members of the population
 */
record Workload(int reads, int accruals, int members) {
  /** A basket of 128.50 in a currency with two decimals. */
  private static final long BASKET = 12_850;

  /** Enough points for a run's deductions: a million at one point per 100. */
  private static final long LARGE_ORDER = 100_000_000;

  Workload {
    if (reads < 0 || accruals < 0 || reads + accruals > 100 || members < 1) {
      throw new IllegalArgumentException("shares are percent, members at least one");
    }
  }

  RequestSource source(Population population) {
    return new Mixture(this, new Requests(population, BASKET));
  }

  /** One large accrual for each member: enrols it and gives it something to spend. */
  static RequestSource opening(Population population, AtomicInteger nextMember) {
    Requests requests = new Requests(population, LARGE_ORDER);
    return (stream, out) -> {
      int member = nextMember.getAndIncrement();
      return member < population.members() ? requests.accrual(member, stream, out) : null;
    };
  }

  private static final class Mixture implements RequestSource {
    private final Workload workload;
    private final Requests requests;
    private final SplittableRandom random = new SplittableRandom();

    Mixture(Workload workload, Requests requests) {
      this.workload = workload;
      this.requests = requests;
    }

    @Override
    public Kind next(long stream, ByteBuffer out) {
      int member = random.nextInt(workload.members);
      int share = random.nextInt(100);
      if (share < workload.reads) {
        return requests.read(member, out);
      }
      return share < workload.reads + workload.accruals
          ? requests.accrual(member, stream, out)
          : requests.deduction(member, stream, out);
    }
  }

  /** The three requests, each with an order and a key never used before. */
  private static final class Requests {
    private static final long ORDERS_PER_STREAM = 1_000_000_000;

    private final RequestTemplate read;
    private final RequestTemplate accrual;
    private final RequestTemplate deduction;
    private final int stores;
    private final SplittableRandom random = new SplittableRandom();
    private long orders;
    private long second;

    Requests(Population population, long amount) {
      read = population.read();
      accrual = population.accrual(amount);
      deduction = population.deduction();
      stores = population.stores();
    }

    Kind read(int member, ByteBuffer out) {
      read.decimal(Field.MEMBER, member);
      read.writeTo(out);
      return Kind.READ;
    }

    Kind accrual(int member, long stream, ByteBuffer out) {
      identify(accrual, member, stream);
      tick();
      accrual.writeTo(out);
      return Kind.ACCRUAL;
    }

    Kind deduction(int member, long stream, ByteBuffer out) {
      identify(deduction, member, stream);
      deduction.decimal(Field.POINTS, 1 + random.nextInt(9));
      deduction.writeTo(out);
      return Kind.DEDUCTION;
    }

    /** Orders count up in each connection as at a till; keys are random as a till's would be. */
    private void identify(RequestTemplate request, int member, long stream) {
      request.decimal(Field.MEMBER, member);
      request.decimal(Field.STORE, random.nextInt(stores));
      request.decimal(Field.ORDER, stream * ORDERS_PER_STREAM + orders++);
      request.hexadecimal(Field.KEY, random.nextLong());
    }

    private void tick() {
      long now = System.currentTimeMillis() / TimeUnit.SECONDS.toMillis(1);
      if (now != second) {
        second = now;
        String text = Instant.ofEpochSecond(now).toString();
        accrual.text(Field.TIME, text.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
