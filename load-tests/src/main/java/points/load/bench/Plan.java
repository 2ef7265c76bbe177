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
  private static final List<Integer> CLIENTS = List.of(16, 64);
  private static final List<Integer> FEW_AND_MORE = List.of(64, 256);
  private static final List<Integer> UP_TO_MANY = List.of(64, 256, 512);
  private static final List<Workload> WRITES = List.of(Workload.DEDUCTIONS, Workload.ACCRUALS);
  private static final List<Workload> MIXTURES =
      List.of(Workload.ACCRUALS, Workload.DEDUCTIONS, Workload.PROMOTION_DAY);

  private Plan() {}

  /**
   * One measurement of a round.
   *
   * @param load runs a load over so many connections
   */
  record Step(Series series, BiFunction<Session, Integer, Measurement> load) {
    static Step gateway(String group, String what, int connections, Workload workload) {
      return gateway(new Series(group, what, connections), workload, MemberShape.PLAIN);
    }

    static Step gateway(Series series, Workload workload, MemberShape shape) {
      return new Step(
          series, (session, connections) -> session.gateway(workload, shape, connections));
    }

    Measurement measure(Session session) {
      return load.apply(session, series.connections());
    }
  }

  /** Returns the steps of a round; those that are compared are next to each other. */
  static List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (int clients : CLIENTS) {
      steps.add(new Step(pgbench(1, clients), (session, some) -> session.pgbench(some, 1)));
      steps.add(new Step(pgbench(2, clients), (session, some) -> session.pgbench(some, 2)));
    }
    for (Workload workload : MIXTURES) {
      UP_TO_MANY.forEach(it -> steps.add(Step.gateway("b", workload.what(), it, workload)));
    }
    for (int connections : FEW_AND_MORE) {
      steps.add(new Step(new Series("c", "bare server", connections), Session::bare));
      steps.add(Step.gateway("c", Workload.READS.what(), connections, Workload.READS));
    }
    steps.add(Step.gateway("d", "accruals, spread members", CONNECTIONS, Workload.ACCRUALS));
    steps.add(Step.gateway("d", Workload.ONE_MEMBER.what(), CONNECTIONS, Workload.ONE_MEMBER));
    for (Workload workload : WRITES) {
      Stream.concat(Stream.of(MemberShape.ONE_LOT), MemberShape.LARGE.stream())
          .forEach(it -> steps.add(Step.gateway(shaped(workload, it), workload, it)));
    }
    return steps;
  }

  /** Returns the ratios, those with a floor first; a write is held against the best of pgbench. */
  static List<Ratio> ratios(Results results) {
    ToDoubleFunction<Measurement> rate = Measurement::rate;
    List<Series> pgbench =
        CLIENTS.stream().flatMap(it -> Stream.of(pgbench(1, it), pgbench(2, it))).toList();
    List<Series> accruals =
        UP_TO_MANY.stream().map(it -> new Series("b", Workload.ACCRUALS.what(), it)).toList();
    List<Ratio> ratios = new ArrayList<>();
    ratios.add(
        results
            .ratio("(b) / (a) accruals, best against best", accruals, pgbench, rate)
            .demanding(2.5, 5));
    for (Workload workload : MIXTURES) {
      for (int connections : UP_TO_MANY) {
        Series series = new Series("b", workload.what(), connections);
        String what = "(b) / (a) " + series.what() + ", " + connections + " connections";
        ratios.add(results.ratio(what, List.of(series), pgbench, rate));
      }
    }
    for (int connections : FEW_AND_MORE) {
      String what = "(c) gateway / bare, " + connections + " connections";
      Series reads = new Series("c", Workload.READS.what(), connections);
      Series bare = new Series("c", "bare server", connections);
      ratios.add(results.ratio(what, reads, bare, rate).demanding(0.6, 0.85));
    }
    Series hot = new Series("d", Workload.ONE_MEMBER.what(), CONNECTIONS);
    Series spread = new Series("d", "accruals, spread members", CONNECTIONS);
    ratios.add(
        results.ratio("(d) one member / spread members", hot, spread, rate).demanding(0.8, 0));
    addLargeStates(ratios, results, "(e) ", rate);
    addLargeStates(
        ratios, results, "(e) processor time of ", it -> it.use().server() + it.use().postgres());
    return ratios;
  }

  private static void addLargeStates(
      List<Ratio> ratios, Results results, String name, ToDoubleFunction<Measurement> figure) {
    for (Workload workload : WRITES) {
      for (MemberShape shape : MemberShape.LARGE) {
        Series large = shaped(workload, shape);
        Series small = shaped(workload, MemberShape.ONE_LOT);
        ratios.add(results.ratio(name + large.what() + " / 1 lot", large, small, figure));
      }
    }
  }

  private static Series pgbench(int threads, int clients) {
    return new Series("a", threads == 1 ? "pgbench, 1 thread" : "pgbench, 2 threads", clients);
  }

  private static Series shaped(Workload workload, MemberShape shape) {
    return new Series("e", workload.what() + ", " + shape.what(), CONNECTIONS);
  }
}
