package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static final Instant NOW = Instant.parse("2026-05-01T02:00:00Z");
  private final Handshake handshake = Handshake.begin(NOW);

  @Test
  void derives_four_values_of_which_none_shows_the_cookie() throws Exception {
    Set<String> all =
        Set.of(handshake.state(), handshake.nonce(), handshake.verifier(), handshake.challenge());
    assertThat(all).allMatch(it -> it.matches("[A-Za-z0-9_-]{43}"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(handshake.verifier().getBytes(StandardCharsets.US_ASCII));
    assertThat(handshake.challenge())
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    assertThat(handshake.toString()).doesNotContain(handshake.cookie());
  }

  @Test
  void is_the_same_from_its_cookie_and_another_in_another_browser() {
    Handshake again = Objects.requireNonNull(Handshake.of(handshake.cookie(), NOW));
    assertThat(again.hasState(handshake.state())).isTrue();
    assertThat(Handshake.begin(NOW).hasState(handshake.state())).isFalse();
    assertThat(again.hasState(null)).isFalse();
  }

  @Test
  void ends_after_ten_minutes() {
    assertThat(Handshake.of(handshake.cookie(), NOW.plusSeconds(600))).isNotNull();
    assertThat(Handshake.of(handshake.cookie(), NOW.plusSeconds(601))).isNull();
    assertThat(Handshake.of(handshake.cookie(), NOW.minusSeconds(1))).isNull();
    assertThat(Handshake.of(null, NOW)).isNull();
    assertThat(Handshake.of("1." + "a".repeat(43), NOW)).isNull();
  }
}
