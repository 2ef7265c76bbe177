package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables of threads and of timers in docs/ARCHITECTURE.md against the sources. */
class ThreadsInDocsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A thread or a pool of threads that is made, with its name. */
  private static final Pattern THREAD =
      Pattern.compile(
          "(?:new Thread|onThread|createSharedWorkerExecutor)\\([^\";]*\"([a-z]+(?:-[a-z]+)+)");

  private static final Pattern REPEATED =
      Pattern.compile("new (?:PollingLoop|Timers)\\(|\\.setPeriodic\\(");

  /** By which others do something again and again. */
  private static final Set<String> TOOLS = Set.of("Timers", "PollingLoop");

  private final Map<String, String> sources = new TreeMap<>();
  private final String page;

  ThreadsInDocsTest() throws IOException {
    page = Files.readString(ROOT.resolve("docs/ARCHITECTURE.md"));
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
  }

  private String chapter(String title) {
    int from = page.indexOf("\n## " + title + "\n");
    return page.substring(from, page.indexOf("\n## ", from + 1));
  }

  @Test
  void every_thread_that_is_made_is_in_the_table_of_threads() {
    String threads = chapter("Threads");
    var made = new ArrayList<String>();
    for (String source : sources.values()) {
      for (Matcher thread = THREAD.matcher(source); thread.find(); ) {
        made.add(thread.group(1));
      }
    }
    assertThat(made).hasSizeGreaterThan(5);
    assertThat(made).allMatch(it -> threads.contains("`" + it), "is in the table of threads");
  }

  @Test
  void every_owner_of_repeated_work_is_in_the_table_of_timers() {
    String timers = chapter("Timers");
    List<String> owners =
        sources.entrySet().stream()
            .filter(it -> REPEATED.matcher(it.getValue()).find())
            .map(Map.Entry::getKey)
            .filter(it -> !TOOLS.contains(it))
            .toList();
    assertThat(owners).hasSizeGreaterThan(10);
    assertThat(owners).allMatch(it -> timers.contains("`" + it + "`"), "is in the table of timers");
  }
}
