package points.load.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import points.load.bench.process.ProcessorTime;
import points.load.process.HarnessException;

class PgbenchTest {
  private static final String OUTPUT =
      """
      pgbench (15.13)
      progress: 1.0 s, 500.0 tps, lat 1.6 ms stddev 0.6, 0 failed
      progress: 2.0 s, 9000.0 tps, lat 1.6 ms stddev 0.6, 0 failed
      progress: 3.0 s, 11000.5 tps, lat 1.6 ms stddev 0.6, 0 failed
      number of transactions actually processed: 20500
      number of failed transactions: 0 (0.000%)
      tps = 6833.3 (without initial connection time)
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void the_first_second_does_not_count_for_the_rate() {
    assertThat(Pgbench.rate(OUTPUT)).isEqualTo(10_000.25);
    assertThat(Pgbench.transactions(OUTPUT)).isEqualTo(20_500);
  }

  @Test
  void a_failed_run_of_pgbench_is_refused() {
    String failed = OUTPUT.replace("transactions: 0 ", "transactions: 3 ");
    assertThatThrownBy(() -> Pgbench.transactions(failed)).isInstanceOf(HarnessException.class);
    String aborted = OUTPUT + "client 3 aborted in command 1";
    assertThatThrownBy(() -> Pgbench.transactions(aborted)).isInstanceOf(HarnessException.class);
    assertThatThrownBy(() -> Pgbench.transactions("could not connect"))
        .isInstanceOf(HarnessException.class);
  }

  @Test
  void a_time_without_a_transaction_is_followed_by_one_longer_try() {
    String starved = OUTPUT.replaceAll("progress: [23].*", "");
    assertThat(Pgbench.rate(starved)).isZero();
    assertThat(Pgbench.rate(starved + "progress: 2.0 s, 0.0 tps, lat 0.0 ms")).isZero();
    Map<Long, Measurement> byTime = Map.of(2L, measurement(0, 7), 10L, measurement(50, 500));
    Measurement measured =
        Pgbench.firstThatDoesAnything(
            "", List.of(2L, 10L), it -> byTime.getOrDefault(it, measurement(0, 0)));
    assertThat(measured.rate()).isEqualTo(50);
    assertThat(measured.written()).isEqualTo(507);
  }

  @Test
  void a_step_without_a_transaction_in_both_tries_is_named() {
    List<Long> times = List.of(2L, 10L);
    assertThatThrownBy(
            () -> Pgbench.firstThatDoesAnything("this step", times, it -> measurement(0, 7)))
        .isInstanceOf(HarnessException.class)
        .hasMessage("this step did nothing in [2, 10] s: the machine is too busy");
  }

  private static Measurement measurement(double rate, long written) {
    return new Measurement(rate, new Histogram(3), new ProcessorTime(0, 0, 0), written, 0);
  }

  @Test
  void percentiles_come_from_all_logs_of_the_run() throws IOException {
    Files.writeString(folder.resolve("sample.1"), "0 1 1000 0 1700000000 1\n0 2 2000 0 1 1\n");
    Files.writeString(folder.resolve("sample.1.1"), "1 1 3000 0 1700000000 1\n");
    assertThat(Pgbench.latencyUs(folder).getValueAtPercentile(50)).isBetween(1_990L, 2_010L);
  }
}
