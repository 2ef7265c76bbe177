package points.load.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import points.load.bench.RequestTemplate.Field;

/**
 * What members have who are measured apart, so that the price of a large state shows. Each lot has
 * more points than a run takes from it: the lots stay as many as they are.
 */
enum Holdings {
  ONE_LOT("1 lot", "a", 1, false),
  TWELVE_LOTS("12 lots", "b", 12, false),
  A_LOT_A_DAY("365 lots", "c", 365, false),
  MORE_THAN_POINTS("1 lot, a hold, stored value, growth", "d", 1, true);

  /** How many members there are of each. */
  static final int MEMBERS = 500;

  private static final int STORES = 10;

  /** A million points. */
  private static final long AMOUNT = 100_000_000;

  private final String what;
  private final String suffix;
  private final int lots;
  private final boolean more;

  /**
   * @param suffix of the ids of a run
   */
  Holdings(String what, String suffix, int lots, boolean more) {
    this.what = what;
    this.suffix = suffix;
    this.lots = lots;
    this.more = more;
  }

  /** In words. */
  String what() {
    return what;
  }

  /** Whom it is about. */
  Population population(Population others) {
    return new Population(
        others.authority(), others.apiKey(), others.run() + suffix, MEMBERS, STORES);
  }

  /** The number of requests that give all members their lots. */
  int lotsInAll() {
    return lots * MEMBERS;
  }

  /** An accrual on each of as many days, today the last, one member after the other. */
  RequestSource openingLots(Population population, AtomicInteger next) {
    RequestTemplate accrual = population.accrual(AMOUNT);
    Identity identity = new Identity();
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return (stream, out) -> {
      int number = next.getAndIncrement();
      if (number >= lotsInAll()) {
        return null;
      }
      Instant day = today.minus(Duration.ofDays(number % lots));
      accrual.text(Field.TIME, day.toString().getBytes(StandardCharsets.US_ASCII));
      identity.give(accrual, number / lots, stream);
      accrual.decimal(Field.STORE, number % STORES);
      accrual.writeTo(out);
      return Kind.ACCRUAL;
    };
  }

  /** What is done to each member after that. */
  List<RequestTemplate> others(Population population) {
    return more ? List.of(population.topUp(), population.growth(), population.hold()) : List.of();
  }

  /** One of these for each member. */
  static RequestSource opening(RequestTemplate request, AtomicInteger next) {
    Identity identity = new Identity();
    return (stream, out) -> {
      int member = next.getAndIncrement();
      if (member >= MEMBERS) {
        return null;
      }
      identity.give(request, member, stream);
      request.writeTo(out);
      return Kind.OPENING;
    };
  }

  /** A key and an order that were never used before. */
  private static final class Identity {
    private static final long ORDERS_PER_STREAM = 1_000_000_000;

    private final SplittableRandom random = new SplittableRandom();
    private long orders;

    void give(RequestTemplate request, int member, long stream) {
      request.decimal(Field.MEMBER, member);
      request.hexadecimal(Field.KEY, random.nextLong());
      if (request.has(Field.ORDER)) {
        request.decimal(Field.ORDER, stream * ORDERS_PER_STREAM + orders++);
      }
    }
  }
}
