package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;

/** People sign in by an identity provider, and nobody gets in by one who should not. */
class ProviderSignInIT {

  private static final String BEGIN = "/v1/session/oidc";
  private static final String CALLBACK = BEGIN + "/callback";
  private static final String REDIRECT = "http://127.0.0.1:1" + CALLBACK;
  private static final String CONSOLE = "../../../console/";
  private static final String HEAD = "CN=head,OU=office";

  private static TestProvider provider;
  private static LocalGateway gateway;

  @BeforeAll
  static void start() {
    provider = TestProvider.start();
    var settings = new HashMap<>(provider.settings(REDIRECT));
    settings.put("POINTS_TEST_CLOCK", "true");
    gateway = LocalGateway.start("oidc", settings);
    for (String store : List.of("S001", "S002")) {
      gateway
          .operator()
          .post("/v1/stores", new JsonObject().put("storeId", store).put("name", store))
          .json(201);
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  /** All tests call from one address, which has so many failures and no more. */
  @AfterEach
  void forgetFailures() throws SQLException {
    gateway.clock().reset();
    gateway.database().rows("DELETE FROM sign_in_failure RETURNING failures");
  }

  @Test
  void makes_an_account_with_the_roles_and_stores_of_the_groups() {
    Answer answer = signIn("manager-1", "Wang Fang", "pts-shop", "pts-store-S001", "pts-store-no");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo(CONSOLE);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(cookie(answer, "points_session"))
        .contains("points_session=ps_", "HTTPOnly", "SameSite=Strict", "Path=/;");
    assertThat(cookie(answer, "points_oidc")).contains("points_oidc=;", "Max-Age=0");
    JsonObject session = sessionOf(answer);
    assertThat(session.getString("name")).isEqualTo("Wang Fang");
    assertThat(session.getJsonArray("roles")).isEqualTo(new JsonArray().add("storeManager"));
    assertThat(session.getJsonArray("stores")).isEqualTo(new JsonArray().add("S001"));
    assertThat(session.getJsonArray("signInBy")).isEqualTo(new JsonArray().add("oidc"));
    assertThat(session.getBoolean("mustChangePassword")).isFalse();
    assertThat(trail("session.open").getJsonObject("after"))
        .isEqualTo(new JsonObject().put("method", "oidc"));
    assertThat(trail("staff.create").getJsonObject("after").getString("name"))
        .isEqualTo("Wang Fang");
  }

  @Test
  void says_that_people_may_sign_in_so_and_sends_them_with_pkce() {
    JsonObject options = visitor().get("/v1/session/options").json(200);
    assertThat(options.getJsonObject("oidc")).isEqualTo(new JsonObject().put("name", "Chain ID"));
    assertThat(options.getBoolean("password")).isTrue();

    Answer begun = visitor().get(BEGIN);

    assertThat(begun.status()).isEqualTo(302);
    assertThat(begun.header("Location"))
        .startsWith(provider.issuer() + "/authorize?")
        .contains("code_challenge_method=S256", "code_challenge=", "nonce=", "state=")
        .contains("scope=openid+profile", "response_type=code", "client_id=" + TestProvider.CLIENT)
        .doesNotContain(TestProvider.SECRET);
    assertThat(cookie(begun, "points_oidc"))
        .contains("HTTPOnly", "SameSite=Lax", "Path=" + CALLBACK, "Max-Age=600");
  }

  @Test
  void reads_roles_and_stores_again_at_each_sign_in() {
    JsonObject first = sessionOf(signIn("mover", "Mover", "pts-shop", "pts-store-S001"));
    Answer second = signIn("mover", "Mover", HEAD);
    JsonObject then = sessionOf(second);

    assertThat(then.getString("staffId")).isEqualTo(first.getString("staffId"));
    assertThat(then.getJsonArray("roles")).isEqualTo(new JsonArray().add("headOffice"));
    assertThat(then.getJsonArray("stores")).isNull();
    JsonObject change = trail("staff.change");
    assertThat(change.getJsonObject("subject"))
        .isEqualTo(new JsonObject().put("kind", "staff").put("id", first.getString("staffId")));
    assertThat(change.getJsonObject("after").getJsonArray("roles"))
        .isEqualTo(new JsonArray().add("headOffice"));
  }

  @Test
  void a_manager_of_no_store_has_the_other_roles_only() {
    String[] groups = {"pts-shop", "pts-audit", "pts-store-S999"};
    JsonObject session = sessionOf(signIn("two-roles", "Two Roles", groups));
    assertThat(session.getJsonArray("roles")).isEqualTo(new JsonArray().add("auditor"));
    assertThat(session.getJsonArray("stores")).isNull();

    groups[2] = "pts-store-S002";
    session = sessionOf(signIn("two-roles", "Two Roles", groups));
    assertThat(session.getJsonArray("roles"))
        .isEqualTo(new JsonArray().add("storeManager").add("auditor"));
    assertThat(session.getJsonArray("stores")).isEqualTo(new JsonArray().add("S002"));
  }

  @Test
  void lets_nobody_in_whose_groups_have_no_role_and_ends_their_sessions() {
    Answer before = signIn("leaver", "Leaver", "pts-audit");
    sessionOf(before);

    refused(signIn("leaver", "Leaver", "pts-something-else"), "noGroup");

    caller(before).get("/v1/session").isProblem(401, "unauthorized");
    refused(signIn("groupless", "Groupless"), "noGroup");
    refused(signIn("storeless", "Storeless", "pts-shop"), "noStore");
    refused(signIn("storeless", "Storeless", "pts-shop", "pts-store-S999"), "noStore");
    assertThat(trail("session.fail").getJsonObject("after"))
        .isEqualTo(
            new JsonObject()
                .put("method", "oidc")
                .put("reason", "noStore")
                .put("failures", 4)
                .put("failuresOfProgram", 4));
  }

  @Test
  void keeps_an_account_out_that_head_office_made_inactive() {
    JsonObject session = sessionOf(signIn("retired", "Retired", "pts-audit"));
    String path = "/v1/staff/" + session.getString("staffId");
    gateway.operator().patch(path, new JsonObject().put("active", false)).json(200);

    refused(signIn("retired", "Retired", "pts-audit"), "inactive");

    gateway.operator().patch(path, new JsonObject().put("active", true)).json(200);
    sessionOf(signIn("retired", "Retired", "pts-audit"));
  }

  @Test
  void keeps_no_password_and_no_second_factor_of_people_of_the_provider() {
    Answer signedIn = signIn("codeless", "Codeless", "pts-audit");
    String token = sessionOf(signedIn).getString("csrfToken");
    Caller caller = caller(signedIn).with("X-CSRF-Token", token);
    String path = "/v1/session/second-factor";
    JsonObject password = new JsonObject().put("password", "four words and a tram");

    for (int i = 0; i < 6; i++) { // they are no failed sign-ins
      caller.postPlain(path, password).isProblem(409, "no_password");
      caller.send("DELETE", path, password.encode()).isProblem(409, "no_password");
      caller
          .put("/v1/session/password", Person.change("four words and a tram", "five more words"))
          .isProblem(409, "no_password");
    }
  }

  @Test
  void gives_no_password_to_people_of_the_provider() {
    JsonObject session = sessionOf(signIn("own-password", "Own Password", "pts-audit"));
    gateway
        .operator()
        .post("/v1/staff/" + session.getString("staffId") + "/password", new JsonObject())
        .isProblem(409, "no_password");
  }

  /** Releases before this one let head office give such an account a password. */
  @Test
  void a_password_that_such_an_account_has_lets_nobody_in_and_takes_no_right() throws Exception {
    Answer signedIn = signIn("old-password", "Old Password", "pts-audit");
    String staffId = sessionOf(signedIn).getString("staffId");
    JsonObject donor =
        gateway.operator().post("/v1/staff", Person.wanted("Donor", List.of("auditor"))).json(201);
    assertThat(
            gateway
                .database()
                .rows(
                    """
                    UPDATE staff f SET must_change = true, one_time_until = d.one_time_until,
                                       password_hash = d.password_hash
                      FROM staff d WHERE f.staff_id = '%s' AND d.staff_id = '%s'
                    RETURNING f.staff_id
                    """
                        .formatted(staffId, donor.getString("staffId"))))
        .hasSize(1);
    Answer again = signIn("old-password", "Old Password", "pts-audit");

    JsonObject session = sessionOf(again);
    assertThat(session.getBoolean("mustChangePassword")).isFalse();
    assertThat(session.getJsonArray("permissions")).isNotEmpty();
    assertThat(session.getJsonArray("signInBy")).isEqualTo(new JsonArray().add("oidc"));
    caller(signedIn).get("/v1/staff").json(200);
    JsonObject attempt =
        new JsonObject().put("name", "Old Password").put("password", donor.getString("password"));
    visitor().postPlain("/v1/session", attempt).isProblem(401, "sign_in_failed");
    refused(signIn("old-password", "Old Password", "pts-something-else"), "noGroup");
    visitor().postPlain("/v1/session", attempt).isProblem(401, "sign_in_failed");
    visitor().postPlain("/v1/session", attempt.put("name", "Donor")).json(200);
  }

  @Test
  void takes_over_no_account_that_has_the_same_name() {
    JsonObject wanted = Person.wanted("Li Wei", List.of("headOffice"));
    JsonObject made = gateway.operator().post("/v1/staff", wanted).json(201);

    JsonObject session = sessionOf(signIn("li-1", "Li Wei", "pts-audit"));
    JsonObject other = sessionOf(signIn("li-2", "Li Wei", "pts-audit"));

    assertThat(session.getString("staffId")).isNotEqualTo(made.getString("staffId"));
    assertThat(session.getString("name")).isEqualTo("Li Wei (li-1)");
    assertThat(other.getString("name")).isEqualTo("Li Wei (li-2)");
    JsonObject attempt =
        new JsonObject().put("name", session.getString("name")).put("password", "");
    visitor().breaking().postPlain("/v1/session", attempt).isInvalid("/password");
    visitor()
        .postPlain("/v1/session", attempt.put("password", "null"))
        .isProblem(401, "sign_in_failed");
  }

  @Test
  void refuses_a_token_with_the_nonce_of_another_sign_in() {
    Begun begun = begin();
    provider.next("nonce", groups("Nonce", HEAD));
    String other = begun.address().replaceFirst("nonce=[^&]+", "nonce=" + "n".repeat(43));
    refused(finish(begun.cookie(), authorized(other)), "notValid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "iss", "none"})
  void refuses_a_token_that_is_not_for_this_gateway(String claim) {
    Map<String, Object> claims = groups("Elsewhere", HEAD);
    claims.put(claim, claim.equals("aud") ? List.of("another-client") : "another");
    Begun begun = begin();
    provider.next("elsewhere", claims);
    Answer answer = finish(begun.cookie(), authorized(begun.address()));
    if (claim.equals("none")) { // the same token without a fault
      sessionOf(answer);
    } else {
      refused(answer, "notValid");
    }
  }

  @Test
  void refuses_a_token_that_has_expired() {
    Begun begun = begin();
    provider.next("late", groups("Late", HEAD), -3_600);
    refused(finish(begun.cookie(), authorized(begun.address())), "notValid");

    Begun again = begin();
    Map<String, Object> claims = groups("Late", HEAD);
    claims.put("exp", Instant.now().minusSeconds(120).getEpochSecond());
    provider.next("late", claims);
    refused(finish(again.cookie(), authorized(again.address())), "notValid");
  }

  @Test
  void refuses_a_signature_of_an_unknown_key_and_learns_a_new_one() {
    provider.useNewKey(false);
    refused(signIn("forger", "Forger", HEAD), "notValid");

    provider.useNewKey(true);
    Await.until(
        "the gateway reads the keys again",
        () -> {
          gateway.database().rows("DELETE FROM sign_in_failure RETURNING failures");
          return CONSOLE.equals(signIn("rotated", "Rotated", "pts-audit").header("Location"));
        });
  }

  @Test
  void refuses_the_state_of_another_browser_and_an_old_one() {
    Begun mine = begin();
    Begun theirs = begin();
    provider.next("victim", groups("Victim", HEAD));
    String query = authorized(theirs.address());

    refused(finish(mine.cookie(), query), "notBegun");
    refused(finish("points_oidc=", query), "notBegun");
    refused(finish("points_oidc=0000000000." + "A".repeat(43), query), "notBegun");
    gateway.clock().moveTo(Instant.now().plus(Duration.ofMinutes(11)));
    refused(finish(theirs.cookie(), query), "notBegun");
    gateway.clock().reset();
    sessionOf(finish(theirs.cookie(), query)); // it was good all the time
  }

  @Test
  void takes_an_answer_of_the_provider_once() {
    Begun begun = begin();
    provider.next("once", groups("Once", "pts-audit"));
    String query = authorized(begun.address());
    sessionOf(finish(begun.cookie(), query));

    provider.next("once", groups("Once", "pts-audit"));
    refused(finish(begun.cookie(), query), "notValid");
  }

  @Test
  void says_that_the_person_did_not_sign_in_at_the_provider() {
    Begun begun = begin();
    String state = begun.address().replaceFirst(".*[?&]state=([^&]+).*", "$1");
    refused(finish(begun.cookie(), "error=access_denied&state=" + state), "denied");
    refused(finish(begun.cookie(), "state=" + state), "denied");
    refused(finish(begun.cookie(), "error=access_denied&state=x"), "notBegun");
  }

  @Test
  void ignores_parameters_that_a_provider_adds() {
    Begun begun = begin();
    provider.next("extra", groups("Extra", "pts-audit"));
    sessionOf(finishWithMore(begun, "&session_state=x&iss=y&authuser=0"));
  }

  @Test
  void leads_nowhere_else_than_to_the_console() {
    Begun begun = begin();
    provider.next("somewhere", groups("Somewhere", "pts-audit"));
    Answer answer = finishWithMore(begun, "&redirect_uri=https://evil.example&next=//evil");
    assertThat(answer.header("Location")).isEqualTo(CONSOLE);
  }

  @Test
  void locks_an_address_that_fails_often() {
    for (int i = 0; i < 50; i++) {
      Begun begun = begin();
      refused(finish(begun.cookie(), "code=guess&state=" + stateOf(begun)), "notValid");
    }
    Begun begun = begin();
    refused(finish(begun.cookie(), "code=guess&state=" + stateOf(begun)), "locked");
  }

  /** A sign-in that a browser began. */
  private record Begun(String address, String cookie) {}

  private static Begun begin() {
    Answer answer = visitor().get(BEGIN);
    String set = cookie(answer, "points_oidc");
    return new Begun(String.valueOf(answer.header("Location")), set.substring(0, set.indexOf(';')));
  }

  private static String stateOf(Begun begun) {
    return begun.address().replaceFirst(".*[?&]state=([^&]+).*", "$1");
  }

  /** Goes to the provider; gives the query of the address to which it sends people back. */
  private static String authorized(String address) {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address)).build());
    String back = answer.headers().firstValue("Location").orElseThrow();
    assertThat(back).startsWith(REDIRECT + "?");
    return back.substring(REDIRECT.length() + 1);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer finish(String cookie, String query) {
    return visitor().with("Cookie", cookie).get(CALLBACK + "?" + query);
  }

  /** Sends parameters that the contract does not name. */
  private static Answer finishWithMore(Begun begun, String more) {
    URI address = URI.create(gateway.uri() + CALLBACK + "?" + authorized(begun.address()) + more);
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(address).header("Cookie", begun.cookie()).build());
    return new Answer(answer.statusCode(), answer.headers(), answer.body());
  }

  private static Answer signIn(String subject, String name, String... groups) {
    Begun begun = begin();
    provider.next(subject, groups(name, groups));
    return finish(begun.cookie(), authorized(begun.address()));
  }

  private static Map<String, Object> groups(String name, String... groups) {
    return new HashMap<>(Map.of("name", name, "groups", List.of(groups)));
  }

  private static void refused(Answer answer, String reason) {
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo(CONSOLE + "?signIn=" + reason);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(it -> it.startsWith("points_session"));
  }

  private static JsonObject sessionOf(Answer answer) {
    assertThat(answer.header("Location")).isEqualTo(CONSOLE);
    return caller(answer).get("/v1/session").json(200);
  }

  private static Caller caller(Answer signedIn) {
    String set = cookie(signedIn, "points_session");
    return visitor().with("Cookie", set.substring(0, set.indexOf(';')));
  }

  private static String cookie(Answer answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(it -> it.startsWith(name + "="))
        .findFirst()
        .orElseThrow();
  }

  /** The newest row of the audit trail with this action. */
  private static JsonObject trail(String action) {
    return gateway.operator().get("/v1/audit-trail?action=" + action + "&limit=1").items().get(0);
  }

  private static Caller visitor() {
    return Person.visitor(gateway);
  }
}
