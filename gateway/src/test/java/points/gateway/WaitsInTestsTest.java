package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests of all modules wait for conditions, by the one class {@code Await} of their module. A sleep
 * elsewhere is too short on a slow machine and too long on every other.
 */
class WaitsInTestsTest {

  private static final Pattern SLEEP =
      Pattern.compile(
          "\\.sleep\\(|LockSupport\\.park|CountDownLatch\\(1\\)\\s*\\.await\\(|"
              + "\\bawait\\([\\w().\\s]*\\.timer\\(|\\.timer\\([^;]*\\)\\s*\\.await\\(");

  @Test
  void tests_sleep_nowhere_but_in_await() throws IOException {
    List<String> sleeps = new ArrayList<>();
    Path root = Path.of("..").toRealPath();
    int helpers = 0;
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test"))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
          if (file.endsWith("Await.java")) {
            helpers++;
          } else if (!file.endsWith("WaitsInTestsTest.java")) {
            sleeps(Files.readString(file))
                .forEach(it -> sleeps.add(file.getFileName() + ": " + it));
          }
        }
      }
    }
    assertThat(sleeps).as("Await.until, throughout or letPass instead").isEmpty();
    assertThat(helpers).as("one Await in each module that waits").isEqualTo(3);
  }

  @Test
  void finds_each_kind_of_sleep() {
    assertThat(
            sleeps(
                """
                Thread.sleep(10);
                TimeUnit.MILLISECONDS.sleep(10);
                LockSupport.parkNanos(10);
                new CountDownLatch(1).await(5, MILLISECONDS);
                await(ledgers.vertx().timer(50));
                vertx.timer(50).await();
                """))
        .hasSize(6);
    assertThat(sleeps("vertx.timer(3).compose(late -> submit()); busy.await(5, SECONDS);"))
        .isEmpty();
  }

  private static List<String> sleeps(String source) {
    return SLEEP.matcher(source).results().map(it -> it.group().strip()).toList();
  }
}
