package points.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a run measures, and which figures are held against which. */
final class Plan {
  static final int MEMBERS = 20_000;
  static final int STORES = 100;

  static final Workload ACCRUALS = new Workload(0, 100, MEMBERS);
  static final Workload DEDUCTIONS = new Workload(0, 0, MEMBERS);
  static final Workload PROMOTION_DAY = new Workload(60, 30, MEMBERS);
  static final Workload READS = new Workload(100, 0, MEMBERS);
  static final Workload ONE_MEMBER = new Workload(0, 100, 1);

  private static final Workload HOLDERS_ACCRUE = new Workload(0, 100, Holdings.MEMBERS);
  private static final Workload HOLDERS_DEDUCT = new Workload(0, 0, Holdings.MEMBERS);

  private static final List<Integer> CLIENTS = List.of(16, 64);
  private static final List<Integer> PGBENCH_THREADS = List.of(1, 2);
  private static final List<Integer> WRITE_CONNECTIONS = List.of(64, 256, 512);
  private static final List<Integer> READ_CONNECTIONS = List.of(64, 256);
  private static final int HOT_CONNECTIONS = 256;

  private static final double WRITE_FLOOR = 2.5;
  private static final double WRITE_AIM = 5;
  private static final double READ_FLOOR = 0.6;
  private static final double READ_AIM = 0.85;
  private static final double HOT_FLOOR = 0.8;

  private Plan() {}

  /** What carries the measurements out. */
  interface Bench {
    Measurement pgbench(int clients, int threads);

    Measurement gateway(Workload workload, int connections);

    Measurement gateway(Holdings holdings, Workload workload, int connections);

    Measurement bare(int connections);
  }

  /** One measurement of a round. */
  record Step(Series series, Function<Bench, Measurement> measure) {}

  /** The steps of a round, those next to each other that are compared. */
  static List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (int clients : CLIENTS) {
      for (int threads : PGBENCH_THREADS) {
        steps.add(new Step(pgbench(clients, threads), b -> b.pgbench(clients, threads)));
      }
    }
    WRITE_CONNECTIONS.forEach(c -> steps.add(new Step(accruals(c), b -> b.gateway(ACCRUALS, c))));
    WRITE_CONNECTIONS.forEach(
        c -> steps.add(new Step(deductions(c), b -> b.gateway(DEDUCTIONS, c))));
    WRITE_CONNECTIONS.forEach(
        c -> steps.add(new Step(promotionDay(c), b -> b.gateway(PROMOTION_DAY, c))));
    for (int c : READ_CONNECTIONS) {
      steps.add(new Step(bareReads(c), b -> b.bare(c)));
      steps.add(new Step(reads(c), b -> b.gateway(READS, c)));
    }
    steps.add(new Step(spread(), b -> b.gateway(ACCRUALS, HOT_CONNECTIONS)));
    steps.add(new Step(hot(), b -> b.gateway(ONE_MEMBER, HOT_CONNECTIONS)));
    for (boolean accrues : List.of(false, true)) {
      Workload workload = accrues ? HOLDERS_ACCRUE : HOLDERS_DEDUCT;
      for (Holdings holdings : Holdings.values()) {
        steps.add(
            new Step(
                holders(holdings, accrues), b -> b.gateway(holdings, workload, HOT_CONNECTIONS)));
      }
    }
    return steps;
  }

  /** The ratios with a floor first in each part; a write is held against the best of pgbench. */
  static List<Ratio> ratios(Results results) {
    List<Ratio> ratios = new ArrayList<>();
    double[] best = results.bestRates(pgbench());
    double[] bestAccruals =
        results.bestRates(WRITE_CONNECTIONS.stream().map(Plan::accruals).toList());
    ratios.add(
        new Ratio(
            "(b) / (a) accruals, best against best",
            Spread.ofRatios(bestAccruals, best),
            WRITE_FLOOR,
            WRITE_AIM));
    writes().forEach(s -> ratios.add(ratio(results, "(b) / (a) ", s, best)));
    for (int c : READ_CONNECTIONS) {
      Spread value = Spread.ofRatios(results.rates(reads(c)), results.rates(bareReads(c)));
      ratios.add(
          new Ratio("(c) gateway / bare, " + c + " connections", value, READ_FLOOR, READ_AIM));
    }
    Spread hot = Spread.ofRatios(results.rates(hot()), results.rates(spread()));
    ratios.add(new Ratio("(d) one member / spread members", hot, HOT_FLOOR, 0));
    ratios.addAll(ofHolders(results, "", Measurement::rate));
    ratios.addAll(
        ofHolders(results, "processor time of ", it -> it.use().server() + it.use().postgres()));
    return ratios;
  }

  private static List<Ratio> ofHolders(
      Results results, String what, ToDoubleFunction<Measurement> figure) {
    List<Ratio> ratios = new ArrayList<>();
    for (boolean accrues : List.of(false, true)) {
      double[] plain = results.figures(holders(Holdings.ONE_LOT, accrues), figure);
      for (Holdings holdings : Holdings.values()) {
        if (holdings != Holdings.ONE_LOT) {
          Series series = holders(holdings, accrues);
          Spread value = Spread.ofRatios(results.figures(series, figure), plain);
          ratios.add(new Ratio("(e) " + what + series.what() + " / 1 lot", value, 0, 0));
        }
      }
    }
    return ratios;
  }

  private static Ratio ratio(Results results, String prefix, Series series, double[] base) {
    String what = prefix + series.what() + ", " + series.connections() + " connections";
    return new Ratio(what, Spread.ofRatios(results.rates(series), base), 0, 0);
  }

  private static List<Series> pgbench() {
    return CLIENTS.stream()
        .flatMap(clients -> PGBENCH_THREADS.stream().map(threads -> pgbench(clients, threads)))
        .toList();
  }

  private static List<Series> writes() {
    return IntStream.range(0, 3 * WRITE_CONNECTIONS.size())
        .mapToObj(
            i -> {
              int c = WRITE_CONNECTIONS.get(i % WRITE_CONNECTIONS.size());
              return switch (i / WRITE_CONNECTIONS.size()) {
                case 0 -> accruals(c);
                case 1 -> deductions(c);
                default -> promotionDay(c);
              };
            })
        .toList();
  }

  private static Series pgbench(int clients, int threads) {
    return new Series(
        'a', "pgbench, " + threads + (threads == 1 ? " thread" : " threads"), clients);
  }

  private static Series accruals(int connections) {
    return new Series('b', "accruals", connections);
  }

  private static Series deductions(int connections) {
    return new Series('b', "deductions", connections);
  }

  private static Series promotionDay(int connections) {
    return new Series('b', "promotion day", connections);
  }

  private static Series bareReads(int connections) {
    return new Series('c', "bare server", connections);
  }

  private static Series reads(int connections) {
    return new Series('c', "balance reads", connections);
  }

  private static Series spread() {
    return new Series('d', "accruals, spread members", HOT_CONNECTIONS);
  }

  private static Series holders(Holdings holdings, boolean accrues) {
    String what = (accrues ? "accruals, " : "deductions, ") + holdings.what();
    return new Series('e', what, HOT_CONNECTIONS);
  }

  private static Series hot() {
    return new Series('d', "accruals, one member", HOT_CONNECTIONS);
  }
}
