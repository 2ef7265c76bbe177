package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types that the pages name are there, so that a reader who searches for one finds it. */
class NamesInDocsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Of Java, of libraries and of PostgreSQL. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "ExitOnOutOfMemoryError",
          "FencedLock",
          "HttpServerConnection",
          "MapStore",
          "NullMarked",
          "SyncRep",
          "TreeMap",
          "VerticleBase");

  private static final Pattern BLOCK =
      Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w./-])([A-Z][a-z]+(?:[A-Z][a-z0-9]+)+)(?=[.\\s,(/]|$)");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");

  @Test
  void every_type_that_a_page_names_is_there() throws IOException {
    Set<String> known = new TreeSet<>(OF_OTHERS);
    for (Path source : files("", ".java")) {
      TYPE.matcher(Files.readString(source)).results().forEach(it -> known.add(it.group(1)));
    }
    String contract =
        Files.readString(ROOT.resolve("gateway/src/main/resources/openapi.yaml"))
            + Files.readString(ROOT.resolve("docs/deploy/prometheus-alerts.yml"));

    List<String> unknown = new ArrayList<>();
    int named = 0;
    for (Path page : files("docs", ".md")) {
      if (page.endsWith("CHANGELOG.md")) { // speaks of names that were
        continue;
      }
      String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
      for (MatchResult code : CODE.matcher(text).results().toList()) {
        for (MatchResult name : NAME.matcher(code.group(1)).results().toList()) {
          named++;
          if (!known.contains(name.group(1)) && !contract.contains(name.group(1))) {
            unknown.add(ROOT.relativize(page) + ": " + name.group(1));
          }
        }
      }
    }
    assertThat(named).isGreaterThan(200);
    assertThat(unknown).isEmpty();
  }

  private static List<Path> files(String below, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(below))) {
      return files
          .filter(it -> it.toString().endsWith(ending))
          .filter(
              it ->
                  !it.toString().contains("/target/") && !it.toString().contains("/node_modules/"))
          .toList();
    }
  }
}
