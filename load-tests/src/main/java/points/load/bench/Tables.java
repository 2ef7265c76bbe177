package points.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of a run as tables in Markdown, which are readable on a terminal too. */
final class Tables {
  private static final String NOTHING = "–";

  private Tables() {}

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
      Spread rate = results.spread(series, Measurement::rate);
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(series.part()));
      row.add(series.what());
      row.add(Integer.toString(series.connections()));
      row.add(
          "%s (%s–%s)".formatted(whole(rate.median()), whole(rate.least()), whole(rate.most())));
      for (ToDoubleFunction<Measurement> latency : LATENCIES) {
        row.add(decimals(results.spread(series, latency).median(), 2));
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
      Spread value = ratio.value();
      rows.add(
          List.of(
              ratio.what(),
              "%s (%s–%s)"
                  .formatted(
                      decimals(value.median(), 2),
                      decimals(value.least(), 2),
                      decimals(value.most(), 2)),
              demand(ratio.floor()),
              demand(ratio.aim()),
              ratio.verdict()));
    }
    return table(rows);
  }

  /** Columns padded to one width; the first row is the head. */
  static String table(List<? extends List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      text.append('|');
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(r).get(i);
        text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
      }
      text.append('\n');
      if (r == 0) {
        text.append('|');
        for (int width : widths) {
          text.append("-".repeat(width + 2)).append('|');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static final List<ToDoubleFunction<Measurement>> LATENCIES =
      List.of(m -> m.latency().p50(), m -> m.latency().p99(), m -> m.latency().p999());

  private static final List<ToDoubleFunction<Measurement>> USES =
      List.of(m -> m.use().server(), m -> m.use().postgres(), m -> m.use().client());

  private static String demand(double value) {
    return value == 0 ? NOTHING : "≥ " + value;
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
