package points.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.load.bench.process.MeasuredGateway;

/** The replay as people start it, against a gateway as they start it: its exit status is true. */
@Timeout(120)
class ReplayIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A turnover of nothing, in the first store of the program that the replay is to make. */
  private static final String WRONG_FIGURE =
      """
      INSERT INTO figure_store_day
      SELECT 'replay', (now() AT TIME ZONE 'Asia/Shanghai')::date + later, 'S0001', 'planted',
             0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM generate_series(0, 1) later
      """;

  private static MeasuredGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "replay-it").toAbsolutePath());
    gateway = MeasuredGateway.start(ROOT, Files.createTempDirectory(folder, "run"), Map.of());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void ends_with_0_when_balances_and_figures_agree_with_the_receipts() throws Exception {
    Ended ended = replay();

    assertThat(ended.exit()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("agree with the receipts in all 5 stores");
  }

  @Test
  void ends_with_1_when_a_figure_is_wrong() throws Exception {
    gateway.postgres().database().execute(WRONG_FIGURE);

    Ended ended = replay("--own-program");

    assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains("1 stores differ").contains("store S0001: shows");
  }

  private record Ended(int exit, String output) {}

  private static Ended replay(String... options) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                ROOT.resolve("load-tests/replay").toString(),
                "--made-up=300",
                "--stores=5",
                "--members=60",
                "--today",
                "--figures",
                "--url=http://127.0.0.1:" + gateway.address().getPort()));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POINTS_KEY", gateway.apiKey());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroy();
    }
  }
}
