package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.oidc.TestProvider;

/** A real browser on its way to an identity provider of another site, and back. */
@Tag("system")
class ProviderInBrowserIT {

  private static final Path PICTURES = Path.of("target/console").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void a_person_goes_to_the_provider_and_comes_back_to_the_page_that_was_wanted(String language)
      throws IOException {
    int port = FreePort.next();
    String address = "http://127.0.0.1:" + port;
    try (TestProvider provider = TestProvider.withPages()) {
      var settings = new HashMap<>(provider.settings(address + "/v1/session/oidc/callback"));
      settings.put("POINTS_HTTP_PORT", Integer.toString(port));
      try (LocalGateway gateway = LocalGateway.start("oidc-browser", settings)) {
        JsonObject seen = run(gateway.uri(), provider, language);

        assertThat(seen.getJsonArray("faults")).isEmpty();
        assertThat(seen.getJsonArray("findings")).as("serious findings of axe").isEmpty();
        assertThat(seen.getString("refusedAt")).isEmpty();
        assertThat(seen.getString("cameBackTo")).isEqualTo("/console/stores");
        assertThat(seen.getJsonArray("cookies"))
            .isEqualTo(new JsonArray().add("points_session Strict true"));
        assertThat(seen.getInteger("sessionAfter")).isEqualTo(401);
      }
    }
  }

  private static JsonObject run(String address, TestProvider provider, String language) {
    boolean isEnglish = language.equals("en");
    var texts =
        new JsonObject()
            .put("button", isEnglish ? "Sign in with Chain ID" : "使用 Chain ID 登录")
            .put("menu", isEnglish ? "Menu" : "菜单")
            .put("signOut", isEnglish ? "Sign out" : "退出登录")
            .put("noGroup", isEnglish ? "You are in no group of Chain ID" : "您不在 Chain ID 中")
            .put("signedOut", isEnglish ? "At Chain ID you are still" : "您在 Chain ID 仍处于");
    var people =
        new JsonObject()
            .put("stranger", person("stranger", "Stranger", "another-group"))
            .put("known", person("head", "Zhao Lei", "CN=head,OU=office"));
    var wanted =
        new JsonObject()
            .put("address", address)
            .put("provider", provider.issuer())
            .put("language", language)
            .put("pictures", PICTURES.toString())
            .put("texts", texts)
            .put("people", people);
    return Browser.run("provider.js", wanted.encode());
  }

  private static JsonObject person(String subject, String name, String group) {
    var claims = new JsonObject().put("name", name).put("groups", new JsonArray().add(group));
    return new JsonObject().put("subject", subject).put("name", name).put("claims", claims);
  }
}
