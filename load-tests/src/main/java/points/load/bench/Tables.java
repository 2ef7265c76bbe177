package points.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import points.load.bench.client.Measurement;

/** Figures as tables in Markdown, which a terminal shows well too. */
final class Tables {
  private static final String NOTHING = "–";

  private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);

  private static final List<ToDoubleFunction<Measurement>> USES =
      List.of(m -> m.use().server(), m -> m.use().postgres(), m -> m.use().client());

  private Tables() {}

  /** Returns a row for each series: medians over the rounds, and the range of the rate. */
  static String measurements(Results results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            "what",
            "connections",
            "per second (range)",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "server µs",
            "PostgreSQL µs",
            "client µs"));
    for (Series series : results.series()) {
      List<String> row = new ArrayList<>();
      row.add(series.group());
      row.add(series.what());
      row.add(Integer.toString(series.connections()));
      row.add(results.spread(series, Measurement::rate).format("%,.0f"));
      for (double percentile : PERCENTILES) {
        row.add(decimals(results.spread(series, m -> m.latencyMs(percentile)).median(), 2));
      }
      for (ToDoubleFunction<Measurement> use : USES) {
        double micros = results.spread(series, use).median();
        row.add(micros == 0 ? NOTHING : decimals(micros, 1));
      }
      rows.add(row);
    }
    return table(rows);
  }

  static String ratios(List<Ratio> ratios) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ratio", "median (range)", "floor", "aim", "verdict"));
    for (Ratio ratio : ratios) {
      rows.add(
          List.of(
              ratio.what(),
              ratio.value().format("%.2f"),
              demand(ratio.floor()),
              demand(ratio.aim()),
              ratio.verdict()));
    }
    return table(rows);
  }

  /** Returns columns padded to one width; the first row is the head. */
  static String table(List<? extends List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(
          IntStream.range(0, widths.length)
              .mapToObj(i -> " " + row.get(i) + " ".repeat(widths[i] - row.get(i).length() + 1))
              .collect(Collectors.joining("|", "|", "|\n")));
    }
    lines.add(
        1,
        IntStream.of(widths)
            .mapToObj(width -> "-".repeat(width + 2))
            .collect(Collectors.joining("|", "|", "|\n")));
    return String.join("", lines);
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String demand(double value) {
    return value == 0 ? NOTHING : "≥ " + value;
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
