package points.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.cluster.Discovery.Member;

final class DiscoveryTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:6000, 10.0.0.1, 6000",
    "10.0.0.1, 10.0.0.1, 5701",
    "' gateway-1.points:5702 ', gateway-1.points, 5702",
    "[fd00::1]:5703, fd00::1, 5703",
    "[fd00::1], fd00::1, 5701"
  })
  void reads_where_a_member_listens(String text, String host, int port) {
    assertThat(Member.parse(text, 5701)).isEqualTo(new Member(host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a:0", "a:65536", "a:1:2", "a b", "http://a", ":5701", "a:"})
  void refuses_addresses_without_a_member(String text) {
    assertThatThrownBy(() -> Member.parse(text, 5701)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writes_a_member_as_hazelcast_reads_it() {
    assertThat(new Member("10.0.0.1", 5701)).hasToString("10.0.0.1:5701");
    assertThat(new Member("fd00::1", 5701)).hasToString("[fd00::1]:5701");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a..", "a b", "a:5701"})
  void refuses_an_invalid_name(String name) {
    assertThatThrownBy(() -> new Discovery.Named(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_an_empty_list() {
    assertThatThrownBy(() -> new Discovery.Listed(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
