package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Public linters find nothing in the contract, not even what they only warn of. */
class ContractLintIT {
  private static final Path RULES = Path.of("src/test/npm").toAbsolutePath();
  private static final String CONTRACT =
      Path.of("src/main/resources/openapi.yaml").toAbsolutePath().toString();

  @Test
  void redoclyFindsNothing() {
    String config = RULES.resolve("redocly.yaml").toString();
    String said =
        NodeTools.run(
            Path.of("target/npm"),
            "redocly",
            "lint",
            "--config",
            config,
            "--format",
            "json",
            CONTRACT);
    assertThat(said).contains("\"problems\": []");
  }

  @Test
  void spectralFindsNothing() {
    String rules = RULES.resolve("spectral.yaml").toString();
    NodeTools.run(
        Path.of("target/npm"),
        "spectral",
        "lint",
        "--fail-severity",
        "hint",
        "-r",
        rules,
        CONTRACT);
  }
}
