package points.load.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import points.load.bench.client.Measurement;

/** All measurements of a run: each series once per round. */
final class Results {
  private final Map<Series, List<Measurement>> bySeries = new LinkedHashMap<>();

  void add(Series series, Measurement measurement) {
    bySeries.computeIfAbsent(series, absent -> new ArrayList<>()).add(measurement);
  }

  /** Returns the series in the order of their measurement. */
  Set<Series> series() {
    return bySeries.keySet();
  }

  Spread spread(Series series, ToDoubleFunction<Measurement> figure) {
    return Spread.of(rounds(series).stream().mapToDouble(figure).toArray());
  }

  Ratio ratio(String what, Series over, Series under, ToDoubleFunction<Measurement> figure) {
    return ratio(what, List.of(over), List.of(under), figure);
  }

  /** Returns the ratio of the highest figures of each round among several series. */
  Ratio ratio(
      String what, List<Series> over, List<Series> under, ToDoubleFunction<Measurement> figure) {
    Spread value = Spread.ofRatios(best(over, figure), best(under, figure));
    return new Ratio(what, value, 0, 0);
  }

  /** Returns the number of refusals in all measurements. */
  long refused() {
    return bySeries.values().stream().flatMap(List::stream).mapToLong(Measurement::refused).sum();
  }

  private double[] best(List<Series> among, ToDoubleFunction<Measurement> figure) {
    return IntStream.range(0, rounds(among.get(0)).size())
        .mapToDouble(
            round ->
                among.stream()
                    .mapToDouble(series -> figure.applyAsDouble(rounds(series).get(round)))
                    .max()
                    .orElseThrow())
        .toArray();
  }

  private List<Measurement> rounds(Series series) {
    List<Measurement> rounds = bySeries.get(series);
    if (rounds == null) {
      throw new IllegalArgumentException("not measured: " + series);
    }
    return rounds;
  }
}
