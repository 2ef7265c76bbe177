package points.load.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Carries measurements out against one gateway, one bare server and one PostgreSQL, and holds what
 * was acknowledged against what PostgreSQL has after each of them.
 */
final class Session implements Plan.Bench {
  private static final int OPENING_CONNECTIONS = 64;

  /** The opening is over when all members have their points. */
  private static final Duration OPENING_TIME_MAX = Duration.ofMinutes(5);

  private final Subject subject;
  private final Opponents opponents;
  private final Load load;
  private final Duration window;
  private final long postmaster;
  private final Load.Server gateway;
  private final Load.Server bare;

  /**
   * @param window length of each measurement, in whole seconds
   */
  Session(Subject subject, Opponents opponents, Load load, Duration window) {
    this.subject = subject;
    this.opponents = opponents;
    this.load = load;
    this.window = window;
    postmaster = subject.database().postmaster();
    gateway = server(subject.gateway().address(), subject.gateway().pid());
    bare = server(opponents.bare().address(), opponents.bare().pid());
  }

  /** Enrols all members and gives them points. */
  static void open(RunningGateway gateway, Population population) {
    AtomicInteger next = new AtomicInteger();
    open(gateway, () -> Workload.opening(population, next), population.members());
  }

  /** Enrols those who are measured apart, and gives them what they are to have. */
  static void open(RunningGateway gateway, Holdings holdings, Population population) {
    AtomicInteger next = new AtomicInteger();
    open(gateway, () -> holdings.openingLots(population, next), holdings.lotsInAll());
    for (RequestTemplate other : holdings.others(population)) {
      AtomicInteger nextMember = new AtomicInteger();
      open(gateway, () -> Holdings.opening(other, nextMember), population.members());
    }
  }

  private static void open(RunningGateway gateway, Supplier<RequestSource> source, int requests) {
    Load.Server server = new Load.Server(gateway.address(), () -> new ProcessorUse(0, 0, 0));
    Load.Outcome outcome = new Load(1).run(server, OPENING_CONNECTIONS, source, OPENING_TIME_MAX);
    if (outcome.tally().written() != requests) {
      throw new BenchmarkFailure("not all members could be enrolled in time");
    }
  }

  @Override
  public Measurement pgbench(int clients, int threads) {
    long before = subject.database().entriesOfPlainSql();
    Pgbench.Run run = opponents.pgbench().run(clients, threads, window.toSeconds(), postmaster);
    requireWritten("pgbench", run.acknowledged(), subject.database().entriesOfPlainSql() - before);
    return run.measurement();
  }

  @Override
  public Measurement gateway(Workload workload, int connections) {
    return gateway(subject.population(), workload, connections);
  }

  @Override
  public Measurement gateway(Holdings holdings, Workload workload, int connections) {
    return gateway(subject.of(holdings), workload, connections);
  }

  private Measurement gateway(Population population, Workload workload, int connections) {
    long before = subject.database().entriesOfGateway();
    Load.Outcome outcome =
        load.run(gateway, connections, () -> workload.source(population), window);
    long written = subject.database().entriesOfGateway() - before;
    requireWritten("the gateway", outcome.tally().written(), written);
    return outcome.measurement();
  }

  @Override
  public Measurement bare(int connections) {
    return run(Plan.READS, bare, connections, window).measurement();
  }

  /** Load that is not measured, so that the virtual machines have compiled what matters. */
  void warmUp(Duration time) {
    Duration half = time.dividedBy(2);
    run(Plan.PROMOTION_DAY, gateway, 256, time);
    run(Plan.ACCRUALS, gateway, 64, half);
    run(Plan.READS, gateway, 64, half);
    run(Plan.READS, bare, 64, time);
    opponents.pgbench().run(16, 1, 2, postmaster);
  }

  private Load.Outcome run(
      Workload workload, Load.Server server, int connections, Duration length) {
    return load.run(server, connections, () -> workload.source(subject.population()), length);
  }

  private Load.Server server(InetSocketAddress address, long pid) {
    long self = ProcessHandle.current().pid();
    return new Load.Server(
        address,
        () ->
            new ProcessorUse(
                ProcessorTime.ofProcess(pid),
                ProcessorTime.ofFamily(postmaster),
                ProcessorTime.ofProcess(self)));
  }

  private static void requireWritten(String who, long acknowledged, long written) {
    if (acknowledged != written) {
      throw new BenchmarkFailure(
          "%s acknowledged %d entries and PostgreSQL has %d more than before"
              .formatted(who, acknowledged, written));
    }
  }
}
