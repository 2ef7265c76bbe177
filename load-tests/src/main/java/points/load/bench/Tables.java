package points.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import points.load.bench.client.Measurement;

/** Figures as tables in Markdown, which a terminal shows well too. */
final class Tables {
  private static final String NOTHING = "–";

  /** Medians over the rounds, and the range of the rate. */
  private static final List<Column> MEASUREMENT =
      List.of(
          new Column("", (results, series) -> series.group()),
          new Column("what", (results, series) -> series.what()),
          new Column("connections", (results, series) -> "" + series.connections()),
          new Column(
              "per second (range)",
              (results, series) -> results.spread(series, Measurement::rate).format("%,.0f")),
          Column.ofLatency("p50 ms", 50),
          Column.ofLatency("p99 ms", 99),
          Column.ofLatency("p99.9 ms", 99.9),
          Column.ofUse("server µs", it -> it.use().server()),
          Column.ofUse("PostgreSQL µs", it -> it.use().postgres()),
          Column.ofUse("client µs", it -> it.use().client()));

  private Tables() {}

  private record Column(String head, BiFunction<Results, Series, String> cell) {
    static Column ofLatency(String head, double percentile) {
      return new Column(
          head,
          (results, series) ->
              decimals(results.spread(series, it -> it.latencyMs(percentile)).median(), 2));
    }

    static Column ofUse(String head, ToDoubleFunction<Measurement> use) {
      return new Column(
          head,
          (results, series) -> {
            double micros = results.spread(series, use).median();
            return micros == 0 ? NOTHING : decimals(micros, 1);
          });
    }
  }

  /** Returns a row for each series. */
  static String measurements(Results results) {
    return table(
        MEASUREMENT.stream().map(Column::head).toList(),
        results.series().stream()
            .map(it -> MEASUREMENT.stream().map(column -> column.cell().apply(results, it)))
            .map(Stream::toList)
            .toList());
  }

  static String ratios(List<Ratio> ratios) {
    return table(
        List.of("ratio", "median (range)", "floor", "aim", "verdict"),
        ratios.stream()
            .map(
                it ->
                    List.of(
                        it.what(),
                        it.value().format("%.2f"),
                        demand(it.floor()),
                        demand(it.aim()),
                        it.verdict()))
            .toList());
  }

  /** Returns columns padded to one width. */
  static String table(List<String> head, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, head);
    List<Integer> widths =
        IntStream.range(0, head.size())
            .map(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .boxed()
            .toList();
    List<String> lines =
        all.stream()
            .map(
                row ->
                    line(
                        i -> " " + row.get(i) + " ".repeat(widths.get(i) - row.get(i).length() + 1),
                        head.size()))
            .collect(Collectors.toList());
    lines.add(1, line(i -> "-".repeat(widths.get(i) + 2), head.size()));
    return String.join("", lines);
  }

  private static String line(IntFunction<String> cell, int columns) {
    return IntStream.range(0, columns).mapToObj(cell).collect(Collectors.joining("|", "|", "|\n"));
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
