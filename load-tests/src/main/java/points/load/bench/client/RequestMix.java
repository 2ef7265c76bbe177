package points.load.bench.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A mixture of requests about members chosen evenly.
 *
 * @param what the mixture in words
 * @param reads share in percent; what reads and accruals leave to 100 are deductions
 * @param accruals share in percent
 * @param members at most so many of the population
 */
public record RequestMix(String what, int reads, int accruals, int members) {
  public static final RequestMix ACCRUALS = new RequestMix("accruals", 0, 100, Integer.MAX_VALUE);
  public static final RequestMix DEDUCTIONS = new RequestMix("deductions", 0, 0, Integer.MAX_VALUE);
  public static final RequestMix PROMOTION_DAY =
      new RequestMix("promotion day", 60, 30, Integer.MAX_VALUE);
  public static final RequestMix READS = new RequestMix("balance reads", 100, 0, Integer.MAX_VALUE);
  public static final RequestMix ONE_MEMBER = new RequestMix("accruals, one member", 0, 100, 1);

  /** Returns requests without an end. */
  public RequestSource source(Population population) {
    int chosen = Math.min(members, population.members().size());
    return connection -> {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int member = random.nextInt(chosen);
      int share = random.nextInt(100);
      if (share < reads) {
        return population.read(member);
      }
      return share < reads + accruals
          ? population.accrual(member, connection)
          : population.deduction(member, connection, 1 + random.nextInt(9));
    };
  }
}
