package points.load.bench.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import points.load.bench.client.RequestTemplate.Field;

/**
 * Requests that enrol members and give them their state.
 *
 * @param requests how many there are
 * @param source for one load loop
 */
public record Opening(int requests, RequestSource source) {
  /** The price of an order that earns a million points, at one for each 100. */
  private static final long LARGE_ORDER = 100_000_000;

  /** Returns the openings of a population, to be sent one after the other. */
  public static List<Opening> of(Population population) {
    MemberShape shape = population.shape();
    RequestTemplate accrual = population.accrual(LARGE_ORDER);
    Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<Opening> openings = new ArrayList<>();
    // An accrual on each of as many days as a member has lots, counted back from today.
    openings.add(
        of(
            shape,
            shape.lots(),
            number -> {
              Instant day = today.minus(Duration.ofDays(number % shape.lots()));
              accrual.text(Field.TIME, day.toString());
              return accrual;
            }));
    if (shape.hasMoreThanPoints()) {
      population.moreThanPoints().forEach(request -> openings.add(of(shape, 1, number -> request)));
    }
    return openings;
  }

  private static Opening of(
      MemberShape shape, int perMember, IntFunction<RequestTemplate> requestOfNumber) {
    int requests = perMember * shape.members();
    Workload.Identity identity = new Workload.Identity(new SplittableRandom(), shape.stores());
    AtomicInteger next = new AtomicInteger();
    return new Opening(
        requests,
        stream -> {
          int number = next.getAndIncrement();
          if (number >= requests) {
            return null;
          }
          RequestTemplate request = requestOfNumber.apply(number);
          identity.give(request, number / perMember, stream);
          return request;
        });
  }
}
