package points.load.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All measurements of a run: each series once per round. */
final class Results {
  private final Map<Series, List<Measurement>> bySeries = new LinkedHashMap<>();

  void add(Series series, Measurement measurement) {
    bySeries.computeIfAbsent(series, absent -> new ArrayList<>()).add(measurement);
  }

  /** In the order they were measured in. */
  Set<Series> series() {
    return bySeries.keySet();
  }

  List<Measurement> of(Series series) {
    List<Measurement> rounds = bySeries.get(series);
    if (rounds == null) {
      throw new IllegalArgumentException("not measured: " + series);
    }
    return rounds;
  }

  Spread spread(Series series, ToDoubleFunction<Measurement> figure) {
    return Spread.of(of(series).stream().mapToDouble(figure).toArray());
  }

  /** The rate of each round. */
  double[] rates(Series series) {
    return figures(series, Measurement::rate);
  }

  /** A figure of each round. */
  double[] figures(Series series, ToDoubleFunction<Measurement> figure) {
    return of(series).stream().mapToDouble(figure).toArray();
  }

  /** The highest rate of each round among several series. */
  double[] bestRates(List<Series> among) {
    double[] best = rates(among.get(0));
    for (Series series : among) {
      double[] rates = rates(series);
      for (int round = 0; round < best.length; round++) {
        best[round] = Math.max(best[round], rates[round]);
      }
    }
    return best;
  }
}
