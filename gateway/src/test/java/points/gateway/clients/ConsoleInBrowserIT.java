package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console in Chromium, against the gateway that is shipped: the tests of console/e2e. */
@Tag("system")
class ConsoleInBrowserIT {

  private static final Duration TIME_MAX = Duration.ofMinutes(15);

  @Test
  void people_work_with_the_console_of_the_packaged_gateway() {
    Map<String, String> environment =
        Map.of("NODE_PATH", NodeTools.modules().toString(), "NO_COLOR", "1");
    var tests = new Tool(Path.of("console").toAbsolutePath(), TIME_MAX, environment);

    String output = tests.run(List.of("node", "--test-reporter=spec", "e2e/run.mjs"));

    assertThat(output)
        .contains("ℹ fail 0", "ℹ cancelled 0", "ℹ skipped 0", "ℹ todo 0")
        .containsPattern("ℹ pass [1-9][0-9]");
  }
}
