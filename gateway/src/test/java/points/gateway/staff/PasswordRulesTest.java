package points.gateway.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  private final PasswordRules rules = new PasswordRules();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "four words and a tram",
        "all lower case letters",
        "一二三四五六七八九十甲乙",
        "0918 2736 4554"
      })
  void takes_any_characters(String password) {
    assertThat(rules.fault(password, "Wang Fang")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "elevenchars, 12 to 128",
    "Password1234!, tried first",
    "correcthorsebatterystaple, tried first",
    "PASSWORDPASSWORD, tried first",
    "abababababab, too few",
    "wangfang2026, made of the name",
    "wangfangwangfang, made of the name",
  })
  void refuses_passwords_that_attackers_try_first(String password, String why) {
    assertThat(rules.fault(password, "WangFang").orElseThrow()).contains(why);
  }

  @Test
  void counts_characters_and_not_bytes() {
    assertThat(rules.fault("\uD83D\uDE8B".repeat(11) + "abc", "x")).isEmpty();
    assertThat(rules.fault("abcd".repeat(33), "x").orElseThrow()).contains("12 to 128");
    assertThat(PasswordRules.isReadable("\uD83D\uDE8B".repeat(128))).isTrue();
  }
}
