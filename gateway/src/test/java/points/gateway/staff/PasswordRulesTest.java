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
    "elevenchars, LENGTH",
    "Password1234!, COMMON",
    "correcthorsebatterystaple, COMMON",
    "PASSWORDPASSWORD, COMMON",
    "abababababab, REPEATS",
    "wangfang2026, NAME",
    "wangfangwangfang, NAME",
  })
  void refuses_passwords_that_attackers_try_first(String password, PasswordRules.Fault why) {
    assertThat(rules.fault(password, "WangFang")).contains(why);
  }

  @Test
  void counts_characters_and_not_bytes() {
    assertThat(rules.fault("\uD83D\uDE8B".repeat(11) + "abc", "x")).isEmpty();
    assertThat(rules.fault("abcd".repeat(33), "x")).contains(PasswordRules.Fault.LENGTH);
    assertThat(PasswordRules.isReadable("\uD83D\uDE8B".repeat(128))).isTrue();
  }
}
