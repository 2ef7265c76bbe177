package points.load.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import points.load.bench.Results.Ratio;
import points.load.bench.Results.Series;
import points.load.bench.client.Measurement;

/** Figures as tables in Markdown, which a terminal shows well too. */
final class Tables {
  private static final String NOTHING = "–";

  private Tables() {}

  /** Returns a row for each series: medians over the rounds, and the range of the rate. */
  static String measurements(Results results) {
    Map<String, Function<Series, String>> columns = new LinkedHashMap<>();
    columns.put("", Series::group);
    columns.put("what", Series::what);
    columns.put("connections", it -> Integer.toString(it.connections()));
    columns.put("per second (range)", it -> results.spread(it, Measurement::rate).format("%,.0f"));
    BiFunction<String, ToDoubleFunction<Measurement>, Function<Series, String>> median =
        (format, figure) -> it -> figure(format, results.spread(it, figure).median());
    columns.put("p50 ms", median.apply("%.2f", it -> it.latencyMs(50)));
    columns.put("p99 ms", median.apply("%.2f", it -> it.latencyMs(99)));
    columns.put("p99.9 ms", median.apply("%.2f", it -> it.latencyMs(99.9)));
    columns.put("server µs", median.apply("%.1f", it -> it.use().server()));
    columns.put("PostgreSQL µs", median.apply("%.1f", it -> it.use().postgres()));
    columns.put("client µs", median.apply("%.1f", it -> it.use().client()));
    return table(columns, results.series());
  }

  static String ratios(List<Ratio> ratios) {
    Map<String, Function<Ratio, String>> columns = new LinkedHashMap<>();
    columns.put("ratio", Ratio::what);
    columns.put("median (range)", it -> it.value().format("%.2f"));
    columns.put("floor", it -> figure("≥ %s", it.floor()));
    columns.put("aim", it -> figure("≥ %s", it.aim()));
    columns.put("verdict", Ratio::verdict);
    return table(columns, ratios);
  }

  /** Returns columns padded to one width. */
  static <T> String table(Map<String, Function<T, String>> columns, Iterable<T> rows) {
    List<List<String>> all = new ArrayList<>(List.of(List.copyOf(columns.keySet())));
    rows.forEach(row -> all.add(columns.values().stream().map(it -> it.apply(row)).toList()));
    List<Integer> widths =
        IntStream.range(0, columns.size())
            .mapToObj(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    all.add(1, widths.stream().map("-"::repeat).toList());
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      String space = row == all.get(1) ? "-" : " ";
      for (int i = 0; i < row.size(); i++) {
        String padding = " ".repeat(widths.get(i) - row.get(i).length());
        text.append('|').append(space).append(row.get(i)).append(padding).append(space);
      }
      text.append("|\n");
    }
    return text.toString();
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String figure(String format, double value) {
    return value == 0 ? NOTHING : String.format(Locale.ROOT, format, value);
  }
}
