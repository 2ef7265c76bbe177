package points.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "13800000001, CN, +8613800000001",
    "+8613800000001, CN, +8613800000001",
    "008613800000001, CN, +8613800000001",
    "+86 (138) 0000-0001, CN, +8613800000001",
    "８６, CN, ''",
    "＋８６１３８０００００００１, CN, +8613800000001",
    "021-52345678, CN, +862152345678",
    "+8613800000001, , +8613800000001",
    "0085251234567, CN, +85251234567",
    "001185251234567, US, ''",
    "01185251234567, US, +85251234567",
    "06 12 34 56 78, FR, +33612345678",
    "13800000001, , ''",
    "13800000001, XX, ''",
  })
  void numbers_are_kept_in_one_form(String written, String country, String e164) {
    assertThat(PhoneNumbers.e164(written, country).orElse("")).isEqualTo(e164);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "1",
        "1234",
        "Tel 13800000001",
        "1-800-FLOWERS",
        "13800000001;ext=5",
        "13800000001 x5",
        "138000000011111111111111",
        "13800000001\n",
        "+999 13800000001",
      })
  void impossible_numbers_have_no_form(String written) {
    assertThat(PhoneNumbers.e164(written, "CN")).isEmpty();
  }

  @Test
  void know_countries_by_their_code() {
    assertThat(PhoneNumbers.isCountry("CN")).isTrue();
    assertThat(PhoneNumbers.isCountry("cn")).isFalse();
    assertThat(PhoneNumbers.isCountry("EU")).isFalse();
    assertThat(PhoneNumbers.isCountry("")).isFalse();
  }
}
