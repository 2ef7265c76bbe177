package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The console's own tests, with the packages that the build installed. */
class ConsoleLogicIT {

  @Test
  void the_tests_of_the_console_pass() {
    String output =
        Tool.in(Path.of("console").toAbsolutePath())
            .with("NO_COLOR", "1")
            .run(List.of("npm", "test", "--silent"));
    assertThat(output).containsPattern("Tests +[0-9]{2,} passed");
  }
}
