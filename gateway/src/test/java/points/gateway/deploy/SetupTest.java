package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tests need besides Java: one script sees to it, and one profile has those tests. */
class SetupTest {

  private static final Pattern COMMAND =
      Pattern.compile("^(\\.ci/setup && mvn verify -Psystem)(?= |$)", Pattern.MULTILINE);

  /** What starts a program of the system, a browser among them, or namespaces. */
  private static final Pattern PROGRAM =
      Pattern.compile("\\b(Haproxy\\.(before|check)|Namespaces\\.run|Browser\\.run)\\(");

  @Test
  void the_newcomer_and_the_build_server_call_the_same() {
    assertThat(Docs.read(Docs.ROOT.resolve("README.md"))).containsPattern(COMMAND);
    assertThat(Docs.read(Docs.ROOT.resolve("docs/CONTRIBUTING.md"))).containsPattern(COMMAND);
    assertThat(commands(".ci/run"))
        .endsWith(".ci/setup", "exec mvn --batch-mode --no-transfer-progress verify -Psystem");
  }

  @Test
  void tests_that_run_programs_of_the_system_are_those_of_the_profile() throws Exception {
    List<String> without = new ArrayList<>();
    int tagged = 0;
    for (Path test : tests()) {
      String source = Docs.read(test);
      boolean isTagged = source.contains("@Tag(\"system\")");
      tagged += isTagged ? 1 : 0;
      if (PROGRAM.matcher(source).find() && !isTagged) {
        without.add(test.getFileName().toString());
      }
    }

    assertThat(tagged).isPositive();
    assertThat(without).isEmpty();
  }

  private static List<String> commands(String script) {
    return Docs.read(Docs.ROOT.resolve(script))
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<Path> tests() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      try (Stream<Path> files = Files.walk(Docs.ROOT.resolve(module).resolve("src/test/java"))) {
        files.filter(file -> file.toString().matches(".*(IT|Test)\\.java")).forEach(tests::add);
      }
    }
    return tests;
  }
}
