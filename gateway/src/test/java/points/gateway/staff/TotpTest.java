package points.gateway.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes of RFC 6238, appendix B, of which authenticators show the last six digits. */
class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void makes_the_codes_of_the_standard(long second, String code) {
    assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"-31, false", "-30, true", "0, true", "59, true", "60, false"})
  void takes_a_code_one_step_early_or_late(long seconds, boolean taken) {
    Instant now = Instant.ofEpochSecond(1_234_567_890 + seconds);
    assertThat(Totp.stepOf(SECRET, "005924", now, 0).isPresent()).isEqualTo(taken);
  }

  @Test
  void takes_no_code_of_a_step_that_was_taken() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = Totp.stepOf(SECRET, "005924", now, 0).orElseThrow();
    assertThat(Totp.stepOf(SECRET, "005924", now, step)).isEmpty();
  }

  @Test
  void writes_secrets_in_base_32() {
    assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  }

  @Test
  void opens_a_secret_for_its_owner_and_under_its_key_only() {
    var box = new SecretBox("k".repeat(32));
    byte[] sealed = box.seal(SECRET, "p/one");
    assertThat(box.open(sealed, "p/one")).isEqualTo(SECRET);
    assertThat(box.open(sealed, "p/two")).isNull();
    assertThat(new SecretBox("l".repeat(32)).open(sealed, "p/one")).isNull();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("1234567890");
  }
}
