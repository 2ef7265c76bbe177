package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What pgbench printed.
 *
 * @param transactions all of them, also those of the first second
 * @param rate transactions per second after the first second
 */
record PgbenchReport(long transactions, double rate) {
  private static final Pattern PROGRESS =
      Pattern.compile("^progress: [0-9.]+ s, ([0-9.]+) tps", Pattern.MULTILINE);

  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: (\\d+)");

  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");

  /** Reads the output of a run with progress lines of one second each. */
  static PgbenchReport parse(String output) {
    Matcher transactions = TRANSACTIONS.matcher(output);
    Matcher failed = FAILED.matcher(output);
    List<Double> seconds = PROGRESS.matcher(output).results().map(PgbenchReport::number).toList();
    if (!transactions.find()
        || (failed.find() && number(failed.toMatchResult()) > 0)
        || output.contains("aborted")
        || seconds.size() < 2) {
      throw new BenchmarkFailure("pgbench did not run through:\n" + output);
    }
    double rate = seconds.stream().skip(1).mapToDouble(Double::doubleValue).average().orElseThrow();
    return new PgbenchReport((long) number(transactions.toMatchResult()), rate);
  }

  /** Percentiles from the logs in a folder: the third column is the latency in microseconds. */
  static Latency latency(Path folder) throws IOException {
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(logs::add);
    }
    Histogram micros = new Histogram(3);
    for (Path log : logs) {
      try (Stream<String> lines = Files.lines(log)) {
        lines.forEach(line -> micros.recordValue(Long.parseLong(line.split(" ", 4)[2])));
      }
    }
    return Latency.ofMicros(micros::getValueAtPercentile);
  }

  private static double number(MatchResult match) {
    return Double.parseDouble(match.group(1));
  }
}
