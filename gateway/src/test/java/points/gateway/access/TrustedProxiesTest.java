package points.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.of("10.0.0.0/8, 192.0.2.1,fd00::/8,198.51.100.128/25");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.2.3      | 203.0.113.7                   | 203.0.113.7",
        "10.1.2.3      | ''                            | 10.1.2.3",
        "192.0.2.1     | 203.0.113.7                   | 203.0.113.7",
        "192.0.2.2     | 203.0.113.7                   | 192.0.2.2",
        "10.1.2.3      | 1.2.3.4, 203.0.113.7          | 203.0.113.7",
        "10.1.2.3      | 1.2.3.4, 203.0.113.7, 10.9.9.9| 203.0.113.7",
        "10.1.2.3      | 10.7.7.7                      | 10.7.7.7",
        "fd00::1       | 2001:db8::7                   | 2001:db8::7",
        "198.51.100.129| 203.0.113.7                   | 203.0.113.7",
        "198.51.100.1  | 203.0.113.7                   | 198.51.100.1",
        "10.1.2.3      | example.org                   | 10.1.2.3",
        "10.1.2.3      | 1.2.3.4, unknown              | 10.1.2.3",
        "10.1.2.3      | ,                             | 10.1.2.3",
        "10.1.2.3      | 2001:DB8:0:0:0:0:0:7          | 2001:db8::7",
        "10.1.2.3      | ::ffff:203.0.113.7            | 203.0.113.7",
        "10.1.2.3      | 203.0.113.7, ::ffff:10.9.9.9  | 203.0.113.7",
        "fd00::1       | 203.0.113.7, FD00:0::0:2      | 203.0.113.7",
        "10.1.2.3      | 1234567                       | 10.1.2.3"
      })
  void a_header_counts_as_far_as_a_trusted_proxy_wrote_it(
      String peer, String header, String client) {
    assertThat(PROXIES.clientOf(peer, header)).isEqualTo(client);
  }

  @Test
  void a_long_header_is_read_in_part() {
    assertThat(PROXIES.clientOf("10.1.2.3", "10.0.0.1,".repeat(10_000) + "10.0.0.2"))
        .isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "1,2"})
  void anything_but_addresses_and_ranges_is_refused(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
