package points.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.cluster.cache.CacheOptions;

final class ClusterOptionsTest {

  @Test
  void is_alone_by_default() {
    ClusterOptions options = ClusterOptions.alone();

    assertThat(options.isAlone()).isTrue();
    assertThat(options.cache().lease()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void refuses_a_cluster_without_a_secret() {
    ListenAddress here = ListenAddress.loopback();
    var listed = new Discovery.Listed(List.of(new Discovery.Member("127.0.0.1", 5701)));

    assertThatThrownBy(
            () -> new ClusterOptions("points", listed, here, here, null, CacheOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no secret");
  }

  @Test
  void takes_a_secret_that_cannot_be_guessed_and_shows_it_to_nobody() {
    String secret = "s".repeat(32);

    assertThat(new ClusterSecret(secret)).hasToString("ClusterSecret[not shown]");
    for (String bad : List.of("", "s".repeat(31), "s".repeat(257), "s".repeat(40) + " s")) {
      assertThatThrownBy(() -> new ClusterSecret(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the secret must be 32 to 256 visible ASCII characters");
    }
    assertThat(new ClusterSecret(secret).keyFor("one"))
        .isEqualTo(new ClusterSecret(secret).keyFor("one"))
        .isNotEqualTo(new ClusterSecret(secret).keyFor("another"))
        .isNotEqualTo(new ClusterSecret("t".repeat(32)).keyFor("one"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "täter", "a/b"})
  void refuses_a_name_that_could_be_mistaken(String name) {
    ListenAddress here = ListenAddress.loopback();

    assertThatThrownBy(
            () ->
                new ClusterOptions(
                    name, Discovery.ALONE, here, here, null, CacheOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("name is '" + name + "'", "1 to 64");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, host is blank",
    "0.0.0.0, 1, host is 0.0.0.0",
    "::, 1, host is ::",
    "10.0.*.*, 1, host is 10.0.*.*",
    "localhost, -1, port is -1",
    "localhost, 65536, port is 65536",
  })
  void refuses_unusable_addresses_to_listen_on(String host, int port, String complaint) {
    assertThatThrownBy(() -> new ListenAddress(host, port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.5S, PT30M, 1000, lease is PT0.5S",
    "PT2H, PT3H, 1000, lease is PT2H",
    "PT30S, PT29S, 1000, idle is PT29S",
    "PT30S, PT30.5S, 1000, idle is PT30.5S",
    "PT30S, P8D, 1000, idle is PT192H",
    "PT30S, PT30M, 999, entriesMax is 999",
  })
  void refuses_hot_options_that_could_not_work(
      Duration lease, Duration idle, int entriesMax, String complaint) {
    assertThatThrownBy(() -> new CacheOptions(lease, idle, entriesMax))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(complaint, "give");
  }
}
