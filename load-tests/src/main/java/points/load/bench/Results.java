package points.load.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import points.load.bench.client.Measurement;

/** All measurements of a run: each series once per round. */
final class Results {
  private final Map<Series, List<Measurement>> bySeries = new LinkedHashMap<>();

  /**
   * A measurement that every round repeats.
   *
   * @param group its part of the report, or the gateways that were measured
   * @param what was measured, in words
   * @param connections or clients
   */
  record Series(String group, String what, int connections) {}

  /** The median and the range of a figure over the rounds. */
  record Spread(double median, double least, double most) {
    static Spread of(double... figures) {
      if (figures.length == 0) {
        throw new IllegalArgumentException("no figures");
      }
      double[] sorted = DoubleStream.of(figures).sorted().toArray();
      int last = sorted.length - 1;
      return new Spread((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
    }

    /**
     * Returns the spread of each round's quotient, in which a slow moment of the machine cancels.
     */
    static Spread ofRatios(double[] numerators, double[] denominators) {
      if (numerators.length != denominators.length) {
        throw new IllegalArgumentException("as many numerators as denominators are needed");
      }
      return of(
          IntStream.range(0, numerators.length)
              .mapToDouble(round -> numerators[round] / denominators[round])
              .toArray());
    }

    /** Writes median and range, each in a format such as {@code %.2f}. */
    String format(String each) {
      String all = "%1$s (%1$s–%1$s)".replace("%1$s", each);
      return String.format(Locale.ROOT, all, median, least, most);
    }
  }

  /**
   * One figure over another, mostly rates.
   *
   * @param floor below it the gateway is not good enough; 0 for a figure without a demand
   * @param aim where it should get to; 0 for a figure without one
   */
  record Ratio(String what, Spread value, double floor, double aim) {
    Ratio demanding(double atLeast, double desired) {
      return new Ratio(what, value, atLeast, desired);
    }

    String verdict() {
      if (floor == 0) {
        return "–";
      }
      if (value.median() < floor) {
        return "below the floor";
      }
      return aim > 0 && value.median() < aim ? "above the floor, below the aim" : "met";
    }
  }

  void add(Series series, Measurement measurement) {
    bySeries.computeIfAbsent(series, absent -> new ArrayList<>()).add(measurement);
  }

  /** Returns the series in the order of their measurement. */
  Set<Series> series() {
    return bySeries.keySet();
  }

  Spread spread(Series series, ToDoubleFunction<Measurement> figure) {
    return Spread.of(best(List.of(series), figure));
  }

  /** Returns the ratio of the highest figures of each round among several series. */
  Ratio ratio(
      String what, List<Series> over, List<Series> under, ToDoubleFunction<Measurement> figure) {
    return new Ratio(what, Spread.ofRatios(best(over, figure), best(under, figure)), 0, 0);
  }

  /** Returns the number of refusals in all measurements. */
  long refused() {
    return bySeries.values().stream().flatMap(List::stream).mapToLong(Measurement::refused).sum();
  }

  private double[] best(List<Series> among, ToDoubleFunction<Measurement> figure) {
    if (!series().containsAll(among)) {
      throw new IllegalArgumentException("not all measured: " + among);
    }
    List<double[]> figures =
        among.stream()
            .map(series -> bySeries.getOrDefault(series, List.of()))
            .map(rounds -> rounds.stream().mapToDouble(figure).toArray())
            .toList();
    return IntStream.range(0, figures.get(0).length)
        .mapToDouble(round -> figures.stream().mapToDouble(it -> it[round]).max().orElseThrow())
        .toArray();
  }
}
