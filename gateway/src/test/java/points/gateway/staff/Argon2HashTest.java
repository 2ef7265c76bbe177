package points.gateway.staff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HashTest {

  /** Made by the reference implementation: {@code argon2 somesalt -id -t 2 -m 16 -p 1}. */
  private static final String OF_REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void matches_its_password_and_no_other() {
    String hash = Argon2Hash.of("four words and a tram");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Argon2Hash.matches("four words and a tram", hash)).isTrue();
    assertThat(Argon2Hash.matches("four words and a Tram", hash)).isFalse();
    assertThat(Argon2Hash.isOutdated(hash)).isFalse();
    assertThat(Argon2Hash.of("four words and a tram")).isNotEqualTo(hash);
  }

  @Test
  void reads_hashes_of_other_parameters_and_knows_that_they_are_outdated() {
    assertThat(Argon2Hash.matches("password", OF_REFERENCE)).isTrue();
    assertThat(Argon2Hash.matches("Password", OF_REFERENCE)).isFalse();
    assertThat(Argon2Hash.isOutdated(OF_REFERENCE)).isTrue();
  }

  @Test
  void takes_a_password_in_any_form_of_unicode() {
    assertThat(Argon2Hash.matches("cafe\u0301 au lait", Argon2Hash.of("caf\u00E9 au lait")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void matches_nothing_when_it_cannot_be_read(String broken) {
    assertThat(Argon2Hash.matches("password", broken)).isFalse();
  }
}
