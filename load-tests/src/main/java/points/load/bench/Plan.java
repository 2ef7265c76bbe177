package points.load.bench;

import static points.load.bench.client.RequestMix.ACCRUALS;
import static points.load.bench.client.RequestMix.DEDUCTIONS;
import static points.load.bench.client.RequestMix.ONE_MEMBER;
import static points.load.bench.client.RequestMix.PROMOTION_DAY;
import static points.load.bench.client.RequestMix.READS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import points.load.bench.Results.Ratio;
import points.load.bench.Results.Series;
import points.load.bench.client.Load;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Pgbench;
import points.load.bench.client.RequestMix;
import points.load.bench.process.BareServer;

/** The series of a round of {@link Bench}, and the ratios between their figures. */
final class Plan {
  private static final int CONNECTIONS = 256;
  private static final List<Integer> FEW_AND_MORE = List.of(64, 256);
  private static final List<Integer> UP_TO_MANY = List.of(64, 256, 512);
  private static final List<RequestMix> WRITES = List.of(DEDUCTIONS, ACCRUALS);
  private static final List<RequestMix> MIXTURES = List.of(ACCRUALS, DEDUCTIONS, PROMOTION_DAY);
  private static final ToDoubleFunction<Measurement> RATE = Measurement::rate;
  private static final Series SPREAD = new Series("d", "accruals, spread members", CONNECTIONS);
  private static final Series ONE = new Series("d", ONE_MEMBER.what(), CONNECTIONS);
  private static final List<Series> PGBENCH =
      List.of(
          new Series("a", "pgbench, 1 thread", 16),
          new Series("a", "pgbench, 2 threads", 16),
          new Series("a", "pgbench, 1 thread", 64),
          new Series("a", "pgbench, 2 threads", 64));

  private Plan() {}

  /**
   * The measurements of a gateway, of plain SQL and of a bare server.
   *
   * @param window length of a measurement, in whole seconds
   */
  record Session(GatewaysUnderTest gateway, Pgbench pgbench, BareServer bare, Duration window) {
    /** Sends load that is not measured, until the virtual machines have compiled what matters. */
    void warmUp(Duration time) {
      gateway.measure(PROMOTION_DAY, MemberShape.PLAIN, 256, time);
      gateway.measure(ACCRUALS, MemberShape.PLAIN, 64, time.dividedBy(2));
      gateway.measure(READS, MemberShape.PLAIN, 64, time.dividedBy(2));
      bare(64, time);
      pgbench.run(16, 1, 2);
    }

    private Measurement bare(int connections, Duration time) {
      return new Load(List.of(bare.address()), () -> gateway.use(bare.process().pid()))
          .run(connections, READS.source(gateway.population(MemberShape.PLAIN)), time);
    }
  }

  /** One measurement of a round. */
  record Step(Series series, Function<Session, Measurement> load) {
    static Step of(Series series, RequestMix workload, MemberShape shape) {
      return new Step(
          series, it -> it.gateway().measure(workload, shape, series.connections(), it.window()));
    }
  }

  /** Returns the steps of a round; those that are compared are next to each other. */
  static List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (Series series : PGBENCH) {
      int threads = series.what().contains("1") ? 1 : 2;
      steps.add(
          new Step(
              series,
              it -> it.pgbench().run(series.connections(), threads, it.window().toSeconds())));
    }
    for (RequestMix workload : MIXTURES) {
      mixture(workload).forEach(it -> steps.add(Step.of(it, workload, MemberShape.PLAIN)));
    }
    for (int connections : FEW_AND_MORE) {
      steps.add(new Step(bare(connections), it -> it.bare(connections, it.window())));
      steps.add(Step.of(reads(connections), READS, MemberShape.PLAIN));
    }
    steps.add(Step.of(SPREAD, ACCRUALS, MemberShape.PLAIN));
    steps.add(Step.of(ONE, ONE_MEMBER, MemberShape.PLAIN));
    for (RequestMix workload : WRITES) {
      Stream.concat(Stream.of(MemberShape.ONE_LOT), MemberShape.LARGE.stream())
          .forEach(it -> steps.add(Step.of(shaped(workload, it), workload, it)));
    }
    return steps;
  }

  /** Returns the ratios, those with a floor first; a write is held against the best of pgbench. */
  static List<Ratio> ratios(Results results) {
    List<Ratio> ratios = new ArrayList<>();
    String best = "(b) / (a) accruals, best against best";
    ratios.add(results.ratio(best, mixture(ACCRUALS), PGBENCH, RATE).demanding(2.5, 5));
    for (Series series : MIXTURES.stream().flatMap(it -> mixture(it).stream()).toList()) {
      String what = "(b) / (a) " + series.what() + ", " + series.connections() + " connections";
      ratios.add(results.ratio(what, List.of(series), PGBENCH, RATE));
    }
    for (int few : FEW_AND_MORE) {
      String what = "(c) gateway / bare, " + few + " connections";
      ratios.add(
          results.ratio(what, List.of(reads(few)), List.of(bare(few)), RATE).demanding(0.6, 0.85));
    }
    String one = "(d) one member / spread members";
    ratios.add(results.ratio(one, List.of(ONE), List.of(SPREAD), RATE).demanding(0.8, 0));
    addLargeStates(ratios, results, "(e) ", RATE);
    addLargeStates(
        ratios, results, "(e) processor time of ", it -> it.use().server() + it.use().postgres());
    return ratios;
  }

  private static void addLargeStates(
      List<Ratio> ratios, Results results, String name, ToDoubleFunction<Measurement> figure) {
    for (RequestMix workload : WRITES) {
      List<Series> small = List.of(shaped(workload, MemberShape.ONE_LOT));
      for (MemberShape shape : MemberShape.LARGE) {
        Series large = shaped(workload, shape);
        ratios.add(results.ratio(name + large.what() + " / 1 lot", List.of(large), small, figure));
      }
    }
  }

  private static List<Series> mixture(RequestMix workload) {
    return UP_TO_MANY.stream().map(it -> new Series("b", workload.what(), it)).toList();
  }

  private static Series bare(int connections) {
    return new Series("c", "bare server", connections);
  }

  private static Series reads(int connections) {
    return new Series("c", READS.what(), connections);
  }

  private static Series shaped(RequestMix workload, MemberShape shape) {
    return new Series("e", workload.what() + ", " + shape.what(), CONNECTIONS);
  }
}
