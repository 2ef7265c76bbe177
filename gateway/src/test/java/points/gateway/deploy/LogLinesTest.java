package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log lines of the program, and the runbook's table of those that ask for an act. */
class LogLinesTest {

  private static final Pattern CUT = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern ALERT = Pattern.compile("see\\s+(Points\\w+)\\s+in the runbook");

  private static String code;
  private static String runbook;

  @BeforeAll
  static void read() throws IOException {
    var joined = new StringBuilder();
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway")) {
      Path sources = Docs.ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          joined.append(CUT.matcher(Docs.read(file)).replaceAll(""));
        }
      }
    }
    code = joined.toString();
    runbook = Docs.read(Docs.ROOT.resolve("docs").resolve("runbook.md"));
  }

  @Test
  void stand_in_the_code_as_the_runbook_quotes_them() {
    String chapter = runbook.split("\n## Log lines\n", 2)[1].split("\n## ", 2)[0];
    List<String> parts =
        chapter
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> QUOTED.matcher(line.split(" \\| ", 2)[0]).results())
            .flatMap(quoted -> Stream.of(quoted.group(1).split("…")))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();

    assertThat(parts).hasSizeGreaterThan(20).allMatch(code::contains);
  }

  @Test
  void send_their_reader_to_headings_that_the_runbook_has() {
    List<String> alerts =
        ALERT.matcher(code).results().map((MatchResult it) -> it.group(1)).toList();

    assertThat(alerts)
        .hasSizeGreaterThan(8)
        .allMatch(alert -> runbook.contains("\n### " + alert + "\n"));
  }
}
