package points.load.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A short run of the fault tests, and the proof that they find planted faults. It fails on a
 * machine that does not allow namespaces.
 */
@Tag("system")
class FaultIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  @Timeout(780)
  void every_answer_agrees_with_the_ledger_whatever_was_killed() throws Exception {
    Namespaces.Ended ended =
        Namespaces.run(
            List.of(
                ROOT.resolve("load-tests/fault").toString(),
                "--only",
                "kill-node,kill-backend,kill-postmaster,swallow-answers,forget"));
    assertThat(ended.exit()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("5 passed, 0 failed");
  }

  @Test
  @Timeout(1260)
  void reports_every_planted_fault() throws IOException, InterruptedException {
    Namespaces.Ended ended =
        Namespaces.run(
            List.of(
                ROOT.resolve("load-tests/src/main/sh/namespaces").toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "points.load.fault.plant.PlantProofs",
                ROOT.toString()));
    assertThat(ended.exit()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("19 passed, 0 failed");
  }
}
