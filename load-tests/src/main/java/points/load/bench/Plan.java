package points.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import points.load.bench.client.Measurement;
import points.load.bench.client.MemberShape;
import points.load.bench.client.Workload;

/** The series of a round of {@link Bench}, and the ratios between their figures. */
final class Plan {
  private static final int CONNECTIONS = 256;

  private static final List<Series> ONE_THREAD = Series.of("a", "pgbench, 1 thread", 16, 64);
  private static final List<Series> TWO_THREADS = Series.of("a", "pgbench, 2 threads", 16, 64);
  private static final List<Series> PGBENCH = concat(Stream.of(ONE_THREAD, TWO_THREADS));
  private static final List<Series> ACCRUALS = Series.of("b", "accruals", 64, 256, 512);
  private static final List<Series> DEDUCTIONS = Series.of("b", "deductions", 64, 256, 512);
  private static final List<Series> PROMOTION_DAY = Series.of("b", "promotion day", 64, 256, 512);
  private static final List<Series> BARE = Series.of("c", "bare server", 64, 256);
  private static final List<Series> READS = Series.of("c", "balance reads", 64, 256);
  private static final Series SPREAD = new Series("d", "accruals, spread members", CONNECTIONS);
  private static final Series HOT = new Series("d", "accruals, one member", CONNECTIONS);

  private static final List<Workload> WRITES = List.of(Workload.DEDUCTIONS, Workload.ACCRUALS);

  private Plan() {}

  /**
   * One measurement of a round.
   *
   * @param load runs a load over so many connections
   */
  record Step(Series series, BiFunction<Session, Integer, Measurement> load) {
    Measurement measure(Session session) {
      return load.apply(session, series.connections());
    }
  }

  /** Returns the steps of a round; those that are compared are next to each other. */
  static List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ONE_THREAD.size(); i++) {
      steps.add(new Step(ONE_THREAD.get(i), (session, clients) -> session.pgbench(clients, 1)));
      steps.add(new Step(TWO_THREADS.get(i), (session, clients) -> session.pgbench(clients, 2)));
    }
    ACCRUALS.forEach(series -> steps.add(gateway(series, Workload.ACCRUALS)));
    DEDUCTIONS.forEach(series -> steps.add(gateway(series, Workload.DEDUCTIONS)));
    PROMOTION_DAY.forEach(series -> steps.add(gateway(series, Workload.PROMOTION_DAY)));
    for (int i = 0; i < READS.size(); i++) {
      steps.add(new Step(BARE.get(i), Session::bare));
      steps.add(gateway(READS.get(i), Workload.READS));
    }
    steps.add(gateway(SPREAD, Workload.ACCRUALS));
    steps.add(gateway(HOT, Workload.ONE_MEMBER));
    for (Workload workload : WRITES) {
      steps.add(gateway(shaped(workload, MemberShape.ONE_LOT), workload, MemberShape.ONE_LOT));
      MemberShape.LARGE.forEach(
          shape -> steps.add(gateway(shaped(workload, shape), workload, shape)));
    }
    return steps;
  }

  /** Returns the ratios, those with a floor first; a write is held against the best of pgbench. */
  static List<Ratio> ratios(Results results) {
    ToDoubleFunction<Measurement> rate = Measurement::rate;
    List<Ratio> ratios = new ArrayList<>();
    ratios.add(
        results
            .ratio("(b) / (a) accruals, best against best", ACCRUALS, PGBENCH, rate)
            .demanding(2.5, 5));
    for (Series series : concat(Stream.of(ACCRUALS, DEDUCTIONS, PROMOTION_DAY))) {
      String what = "(b) / (a) " + series.what() + ", " + series.connections() + " connections";
      ratios.add(results.ratio(what, List.of(series), PGBENCH, rate));
    }
    for (int i = 0; i < READS.size(); i++) {
      String what = "(c) gateway / bare, " + READS.get(i).connections() + " connections";
      ratios.add(
          results
              .ratio(what, List.of(READS.get(i)), List.of(BARE.get(i)), rate)
              .demanding(0.6, 0.85));
    }
    ratios.add(
        results
            .ratio("(d) one member / spread members", List.of(HOT), List.of(SPREAD), rate)
            .demanding(0.8, 0));
    ratios.addAll(ofLargeStates(results, "", rate));
    ratios.addAll(
        ofLargeStates(
            results, "processor time of ", it -> it.use().server() + it.use().postgres()));
    return ratios;
  }

  private static List<Ratio> ofLargeStates(
      Results results, String figureName, ToDoubleFunction<Measurement> figure) {
    List<Ratio> ratios = new ArrayList<>();
    for (Workload workload : WRITES) {
      List<Series> small = List.of(shaped(workload, MemberShape.ONE_LOT));
      for (MemberShape shape : MemberShape.LARGE) {
        Series series = shaped(workload, shape);
        String what = "(e) " + figureName + series.what() + " / 1 lot";
        ratios.add(results.ratio(what, List.of(series), small, figure));
      }
    }
    return ratios;
  }

  private static Step gateway(Series series, Workload workload) {
    return gateway(series, workload, MemberShape.PLAIN);
  }

  private static Step gateway(Series series, Workload workload, MemberShape shape) {
    return new Step(
        series, (session, connections) -> session.gateway(workload, shape, connections));
  }

  private static Series shaped(Workload workload, MemberShape shape) {
    String what = workload.equals(Workload.ACCRUALS) ? "accruals, " : "deductions, ";
    return new Series("e", what + shape.what(), CONNECTIONS);
  }

  private static List<Series> concat(Stream<List<Series>> parts) {
    return parts.flatMap(List::stream).toList();
  }
}
