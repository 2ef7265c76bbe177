package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.oidc.OidcOptions;

class OidcSettingsTest {

  private static final String SECRET = "a-secret-that-no-line-may-have";

  private static final Map<String, String> GOOD =
      Map.of(
          "POINTS_OIDC_ISSUER", "https://id.example/realms/chain/",
          "POINTS_OIDC_CLIENT_ID", "points",
          "POINTS_OIDC_CLIENT_SECRET", SECRET,
          "POINTS_OIDC_REDIRECT_URI", "https://points.example/v1/session/oidc/callback",
          "POINTS_OIDC_ROLES", "head=headOffice");

  @Test
  void there_is_no_provider_unless_it_is_set() throws Exception {
    assertThat(read(Map.of()).oidc()).isNull();
  }

  @Test
  void takes_the_provider_with_what_is_usual() throws Exception {
    OidcOptions options = Objects.requireNonNull(read(GOOD).oidc());
    assertThat(options.issuer()).isEqualTo("https://id.example/realms/chain");
    assertThat(options.name()).isEqualTo("id.example");
    assertThat(options.programId()).isEqualTo("default");
    assertThat(options.groupsClaim()).isEqualTo("groups");
    assertThat(options.scopes()).isEqualTo(List.of("openid", "profile"));
    assertThat(read(GOOD).toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ISSUER        |                          | POINTS_OIDC_ISSUER must be set with the other",
        "ISSUER        | http://id.example        | POINTS_OIDC_ISSUER is 'http://id.example'; it"
            + " must be an https",
        "ISSUER        | https://id.example?x=1   | POINTS_OIDC_ISSUER is",
        "ISSUER        | https://u:p@id.example   | POINTS_OIDC_ISSUER is",
        "ISSUER        | not an address           | POINTS_OIDC_ISSUER is",
        "CLIENT_ID     |                          | POINTS_OIDC_CLIENT_ID must be set, because",
        "CLIENT_SECRET |                          | POINTS_OIDC_CLIENT_SECRET must be set, because",
        "REDIRECT_URI  |                          | POINTS_OIDC_REDIRECT_URI must be set, because",
        "REDIRECT_URI  | https://points.example/  | POINTS_OIDC_REDIRECT_URI is"
            + " 'https://points.example/'; it must be",
        "REDIRECT_URI  | http://points.example/v1/session/oidc/callback | POINTS_OIDC_REDIRECT_URI"
            + " is",
        "ROLES         |                          | POINTS_OIDC_ROLES must be set, because",
        "ROLES         | head=boss                | POINTS_OIDC_ROLES must be group=role",
        "ROLES         | ;                        | no group has a role",
        "STORES        | p*=S1                    | neither group=store nor prefix*=*: p*",
        "SCOPES        | profile                  | POINTS_OIDC_SCOPES must have openid",
      })
  void names_the_setting_that_is_wrong(String name, @Nullable String value, String problem) {
    var settings = new HashMap<>(GOOD);
    settings.put("POINTS_OIDC_" + name, value == null ? "" : value);
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(Settings.UnusableException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void takes_plain_http_on_this_machine_only() throws Exception {
    var settings = new HashMap<>(GOOD);
    settings.put("POINTS_OIDC_ISSUER", "http://localhost:9999/chain");
    settings.put("POINTS_OIDC_REDIRECT_URI", "http://127.0.0.1:8080/v1/session/oidc/callback");
    assertThat(read(settings).oidc()).isNotNull();
  }

  private static Settings read(Map<String, String> environment) throws Settings.UnusableException {
    return Settings.read(name -> environment.getOrDefault(name, ""));
  }
}
