package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;

/** A provider with faults counts against nobody, and passwords work. */
class ProviderAwayIT {

  private static final String BEGIN = "/v1/session/oidc";
  private static final String CALLBACK = BEGIN + "/callback";

  @Test
  void a_provider_with_faults_locks_no_address() throws SQLException {
    try (var provider = new BrokenProvider();
        LocalGateway gateway = LocalGateway.start("oidc-broken", settings(provider))) {
      provider.answer(
          BrokenProvider.TOKEN, BrokenProvider.json(500, "{\"error\":\"server_error\"}"));
      for (int i = 0; i < 60; i++) { // more than an address may fail
        assertThat(signIn(gateway).header("Location")).endsWith("?signIn=away");
      }

      assertThat(gateway.database().rows("SELECT failures FROM sign_in_failure WHERE failures > 0"))
          .isEmpty();
      assertThat(gateway.operator().get("/v1/audit-trail?action=session.fail").items()).isEmpty();
      provider.answer(
          BrokenProvider.TOKEN, BrokenProvider.json(400, "{\"error\":\"invalid_grant\"}"));
      assertThat(signIn(gateway).header("Location")).endsWith("?signIn=notValid");
      assertThat(gateway.database().rows("SELECT failures FROM sign_in_failure")).isNotEmpty();
    }
  }

  @Test
  void a_gateway_without_a_provider_that_answers_starts_and_takes_passwords() {
    var provider = new BrokenProvider();
    provider.close();
    try (LocalGateway alone = LocalGateway.start("oidc-away", settings(provider))) {
      Caller anybody = Person.visitor(alone);
      Answer away = anybody.get(BEGIN);
      assertThat(away.header("Location")).isEqualTo("../../console/?signIn=away");
      JsonObject made =
          alone.operator().post("/v1/staff", Person.wanted("Wang", List.of("auditor"))).json(201);
      anybody
          .postPlain(
              "/v1/session",
              new JsonObject().put("name", "Wang").put("password", made.getString("password")))
          .json(200);
    }
  }

  private static Map<String, String> settings(BrokenProvider provider) {
    return Map.of(
        "POINTS_OIDC_ISSUER",
        provider.issuer(),
        "POINTS_OIDC_CLIENT_ID",
        TestProvider.CLIENT,
        "POINTS_OIDC_CLIENT_SECRET",
        TestProvider.SECRET,
        "POINTS_OIDC_REDIRECT_URI",
        "http://127.0.0.1:1" + CALLBACK,
        "POINTS_OIDC_ROLES",
        "pts-audit=auditor");
  }

  private static Answer signIn(LocalGateway gateway) {
    Answer begun = Person.visitor(gateway).get(BEGIN);
    String cookie = Person.cookie(begun);
    String state =
        Objects.requireNonNull(begun.header("Location"))
            .replaceFirst(".*[?&]state=([^&]+).*", "$1");
    return Person.visitor(gateway)
        .with("Cookie", cookie)
        .get(CALLBACK + "?code=some-code&state=" + state);
  }
}
