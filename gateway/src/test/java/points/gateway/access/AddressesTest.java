package points.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "0:0:0:0:0:FFFF:C000:201, 192.0.2.1",
    "2001:DB8:0:0:0:0:0:7, 2001:db8::7",
    "2001:db8::0:7, 2001:db8::7",
    "fe80::1%eth0, fe80::1",
    "::1, ::1",
    "192.0.2, ''",
    "1234567, ''",
    "example.org, ''",
    "'', ''"
  })
  void an_address_has_one_form(String text, String form) {
    assertThat(String.valueOf(Addresses.normalize(text))).isEqualTo(form.isEmpty() ? "null" : form);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2::7, 2001:db8:1:2::/64",
    "2001:db8::7, 2001:db8::/64",
    "'', ''"
  })
  void one_customer_has_an_address_or_a_network(String address, String network) {
    assertThat(Addresses.network(address)).isEqualTo(network);
  }
}
