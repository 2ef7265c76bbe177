package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/**
 * People whose calls come through a proxy: one that the gateway trusts, and one that it does not.
 */
@WithGateway
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindProxyIT {

  private static final String HERE = "203.0.113.7";
  private static final String ELSEWHERE = "2001:DB8:0:1:0:0:0:7";

  private final LocalGateway direct;
  private final Chain chain;
  private LocalGateway behind;
  private Person person;

  BehindProxyIT(LocalGateway direct, Chain chain) {
    this.direct = direct;
    this.chain = chain;
  }

  @BeforeAll
  void start() {
    behind = LocalGateway.start("behind-proxy", Map.of("POINTS_TRUSTED_PROXIES", "::1,127.0.0.1"));
    person = Person.of(behind, Chain.open(behind, "Behind"), List.of("headOffice"));
  }

  @AfterAll
  void stop() {
    behind.close();
  }

  @Test
  void failures_of_one_address_lock_no_other() {
    for (int i = 0; i < 50; i++) {
      attempt(HERE, "nobody " + i, "wrong").isProblem(401, "sign_in_failed");
    }

    attempt(HERE, person.name(), person.password()).isProblem(429, "too_many_attempts");
    attempt("1.2.3.4, " + HERE, person.name(), person.password())
        .isProblem(429, "too_many_attempts");

    Caller session =
        Person.caller(behind, attempt(HERE + ", " + ELSEWHERE, person.name(), person.password()));
    JsonObject row =
        session
            .get("/v1/audit-trail?action=session.open&limit=1")
            .json(200)
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(row.getString("address")).isEqualTo("2001:db8:0:1::7");
    JsonObject failed =
        session
            .get("/v1/audit-trail?action=session.fail&limit=1")
            .json(200)
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(failed.getString("address")).isEqualTo(HERE);
  }

  private points.gateway.fixture.Answer attempt(String forwarded, String name, String password) {
    return Person.visitor(behind)
        .with("X-Forwarded-For", forwarded)
        .postPlain("/v1/session", person.attempt().put("name", name).put("password", password));
  }

  @Test
  void a_stranger_cannot_say_where_it_is() {
    Person own = Person.of(direct, chain, List.of("headOffice"));
    Caller session =
        Person.caller(
            direct,
            Person.visitor(direct)
                .with("X-Forwarded-For", HERE)
                .postPlain("/v1/session", own.attempt()));
    JsonObject row =
        session
            .get("/v1/audit-trail?action=session.open&limit=1")
            .json(200)
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(row.getString("address")).isEqualTo("127.0.0.1");
  }

  @Test
  void a_proxy_that_names_another_host_says_which_one_the_page_has() {
    Caller page = person.signIn().with("Origin", "https://points.example.com");
    JsonObject wanted = Person.wanted("Li", List.of("auditor"));

    page.post("/v1/staff", wanted).isProblem(403, "csrf_token_invalid");
    page.with("X-Forwarded-Host", "evil.example")
        .post("/v1/staff", wanted)
        .isProblem(403, "csrf_token_invalid");
    page.with("X-Forwarded-Host", "points.example.com, evil.example")
        .post("/v1/staff", wanted)
        .isProblem(403, "csrf_token_invalid");
    page.with("X-Forwarded-Host", "points.example.com").post("/v1/staff", wanted).json(201);
    Person.visitor(behind)
        .with("Origin", "https://points.example.com")
        .with("X-Forwarded-Host", "points.example.com")
        .postPlain("/v1/session", person.attempt())
        .json(200);
  }

  @Test
  void a_browser_that_says_the_page_is_ours_needs_no_host() {
    person
        .signIn()
        .with("Origin", "https://points.example.com")
        .with("Sec-Fetch-Site", "same-origin")
        .post("/v1/staff", Person.wanted("Wu", List.of("auditor")))
        .json(201);
  }

  @Test
  void a_host_from_a_stranger_counts_for_nothing() {
    Person own = Person.of(direct, chain, List.of("headOffice"));
    own.signIn()
        .with("Origin", "https://points.example.com")
        .with("X-Forwarded-Host", "points.example.com")
        .post("/v1/staff", Person.wanted("Zhao", List.of("auditor")))
        .isProblem(403, "csrf_token_invalid");
  }
}
