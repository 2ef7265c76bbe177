package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdTokenTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final String GOOD =
      """
      {"iss": "https://id.example", "aud": "me", "nonce": "n", "sub": "s", "exp": 1000300,
       "iat": 1000000}
      """;

  @Test
  void a_good_token_has_no_fault() {
    assertThat(fault("{}")).isNull();
    assertThat(fault("{\"aud\": [\"me\"]}")).isNull();
    assertThat(fault("{\"aud\": [\"you\", \"me\"], \"azp\": \"me\"}")).isNull();
    assertThat(fault("{\"exp\": 999941, \"iat\": 1000060}")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'iss': 'https://id.example/'} | it is of another issuer",
        "{'iss': null}             | it is of another issuer",
        "{'aud': 'you'}            | it is for another client",
        "{'aud': null}             | it is for another client",
        "{'aud': []}               | it is for another client",
        "{'aud': ['me', 'you']}    | it is for several clients and names none",
        "{'azp': 'you'}            | it was given to another client",
        "{'azp': null}             | it was given to another client",
        "{'nonce': 'other'}        | its nonce is not that of this sign-in",
        "{'nonce': null}           | its nonce is not that of this sign-in",
        "{'sub': ''}               | it has no subject of 1 to 255 characters",
        "{'sub': 5}                | it has no subject of 1 to 255 characters",
        "{'exp': null}             | it says not when it was issued and when it expires",
        "{'exp': '1000300'}        | it says not when it was issued and when it expires",
        "{'iat': null}             | it says not when it was issued and when it expires",
        "{'exp': 999940}           | it has expired",
        "{'iat': 1000061}          | it was issued in the future",
        "{'nbf': 1000061}          | it is not valid yet",
      })
  void names_what_is_wrong_with_a_token(String other, String fault) {
    assertThat(fault(other.replace('\'', '"'))).isEqualTo(fault);
  }

  @Test
  void reads_names_and_groups_in_the_forms_that_providers_use() {
    var token =
        new IdToken(
            new JsonObject(
                """
                {"sub": "s-1", "name": " Wang\\u0007 Fang ", "email": "w@shop.example",
                 "preferred_username": "", "one": "head", "many": ["a", 5, "b", "a"], "none": 7}
                """));
    assertThat(token.names()).containsExactly("Wang  Fang", "w@shop.example", "s-1");
    assertThat(token.groups("one")).containsExactly("head");
    assertThat(token.groups("many")).containsExactly("a", "b");
    assertThat(token.groups("none")).isEmpty();
    assertThat(token.groups("missing")).isEmpty();
  }

  private static @Nullable String fault(String other) {
    var claims = new JsonObject(GOOD).mergeIn(new JsonObject(other));
    return new IdToken(claims).fault("https://id.example", "me", "n", NOW);
  }
}
