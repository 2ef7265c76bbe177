package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import points.gateway.Settings;

/** The file for HAProxy, as far as it can be judged without one. */
class HaproxyTest {

  private final String file = Docs.read(Haproxy.FILE);

  @Test
  void gives_every_variable_a_value() {
    Set<String> used = all("\"\\$\\{(\\w+)(?:\\[\\*])?}\"");

    assertThat(used).hasSizeGreaterThan(8).isEqualTo(all("presetenv (\\w+) "));
  }

  @Test
  void waits_longer_than_a_gateway_takes_to_answer() throws Exception {
    Duration deadline = Settings.read(name -> "").lane().deadline();
    long server = Long.parseLong(all("(?m)^ *timeout server (\\d+)s").iterator().next());
    long stop = Long.parseLong(all("hard-stop-after (\\d+)s").iterator().next());

    assertThat(Duration.ofSeconds(server)).isGreaterThan(deadline.plusMillis(500));
    assertThat(stop).isGreaterThan(3 * server);
  }

  private Set<String> all(String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(file);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
