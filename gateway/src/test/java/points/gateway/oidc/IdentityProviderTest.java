package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.oidc.BrokenProvider.Answer;
import points.gateway.oidc.IdentityProvider.AwayException;
import points.gateway.oidc.IdentityProvider.RefusedException;

/**
 * Only a provider that refuses a code says something about a person; any other fault is its own.
 */
class IdentityProviderTest {

  private static final Handshake HANDSHAKE = Handshake.begin(Instant.ofEpochSecond(1_000_000_000));

  private final Vertx vertx = Vertx.vertx();
  private final BrokenProvider broken = new BrokenProvider();
  private final IdentityProvider provider =
      new IdentityProvider(vertx, options(), Duration.ofSeconds(2));

  @AfterEach
  void stop() {
    broken.close();
    vertx.close().await();
  }

  private OidcOptions options() {
    return new OidcOptions(
        broken.issuer(),
        "points",
        "secret",
        "https://points.example/v1/session/oidc/callback",
        "Broken",
        "default",
        List.of("openid"),
        "groups",
        GroupMapping.of("head=headOffice", ""));
  }

  static Stream<Answer> faults() {
    return Stream.of(
        BrokenProvider.json(500, "{\"error\":\"server_error\"}"),
        BrokenProvider.json(500, "{\"error\":\"invalid_grant\"}"),
        BrokenProvider.of(503, "text/html", "<h1>Out for lunch</h1>"),
        BrokenProvider.json(401, "{\"error\":\"invalid_client\"}"),
        BrokenProvider.json(429, "{\"error\":\"slow_down\"}"),
        BrokenProvider.json(400, ""),
        BrokenProvider.of(200, "text/html", "<h1>Maintenance</h1>"),
        BrokenProvider.json(200, "{\"access_token\":\"a\"}"),
        BrokenProvider.json(200, "{\"id_token\":{}}"),
        BrokenProvider.json(200, "[]"),
        BrokenProvider.json(302, "{}"),
        BrokenProvider.brokenOff());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_of_the_provider_says_nothing_about_the_person(Answer fault) {
    broken.answer(BrokenProvider.TOKEN, fault);
    isAway();
  }

  @Test
  void a_provider_that_says_nothing_is_away() {
    broken.answer(BrokenProvider.TOKEN, broken.silence());
    isAway();
  }

  @Test
  void a_provider_that_is_gone_is_away() {
    broken.close();
    isAway();
  }

  @Test
  void a_code_that_the_provider_refuses_is_refused() {
    broken.answer(
        BrokenProvider.TOKEN,
        BrokenProvider.json(
            400, "{\"error\":\"invalid_grant\",\"error_description\":\"it was used\"}"));
    assertThatThrownBy(() -> provider.exchange(HANDSHAKE, "code").await())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it was used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-a-token", "a.b", "e30.e30.e30", ""})
  void a_token_that_nobody_signed_is_refused(String token) {
    broken.answer(
        BrokenProvider.TOKEN, BrokenProvider.json(200, "{\"id_token\":\"" + token + "\"}"));
    assertThatThrownBy(() -> provider.exchange(HANDSHAKE, "code").await())
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {BrokenProvider.DESCRIPTION, BrokenProvider.KEYS, BrokenProvider.TOKEN})
  void an_answer_without_an_end_is_not_read_to_its_end(String path) {
    broken.answer(path, broken.endless());
    isAway();
    assertThat(broken.sentBytes()).isBetween(1L << 20, 32L << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {BrokenProvider.DESCRIPTION, BrokenProvider.KEYS})
  void a_description_that_cannot_be_read_is_a_provider_that_is_away(String path) {
    broken.answer(path, BrokenProvider.json(200, "{\"keys\":[]}"));
    isAway();
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_endpoint", "jwks_uri", "authorization_endpoint"})
  void an_address_that_others_can_read_along_is_not_used(String name) {
    broken.answer(
        BrokenProvider.DESCRIPTION,
        BrokenProvider.json(
            200, broken.description().put(name, "http://id.example/secrets").encode()));
    assertThatThrownBy(() -> provider.exchange(HANDSHAKE, "code").await())
        .isInstanceOf(AwayException.class)
        .hasMessageContaining(name);
  }

  @Test
  void a_description_of_another_issuer_is_not_used() {
    broken.answer(
        BrokenProvider.DESCRIPTION,
        BrokenProvider.json(
            200, broken.description().put("issuer", "https://id.example").encode()));
    isAway();
  }

  private void isAway() {
    assertThatThrownBy(() -> provider.exchange(HANDSHAKE, "code").await())
        .isInstanceOf(AwayException.class);
  }
}
