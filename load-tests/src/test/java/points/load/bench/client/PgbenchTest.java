package points.load.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    String tooShort = OUTPUT.replaceAll("progress: [23].*", "");
    assertThatThrownBy(() -> Pgbench.rate(tooShort)).isInstanceOf(HarnessException.class);
  }

  @Test
  void percentiles_come_from_all_logs_of_the_run() throws IOException {
    Files.writeString(folder.resolve("sample.1"), "0 1 1000 0 1700000000 1\n0 2 2000 0 1 1\n");
    Files.writeString(folder.resolve("sample.1.1"), "1 1 3000 0 1700000000 1\n");
    assertThat(Pgbench.latencyUs(folder).getValueAtPercentile(50)).isBetween(1_990L, 2_010L);
  }
}
