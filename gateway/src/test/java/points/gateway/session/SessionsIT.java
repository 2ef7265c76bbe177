package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** People sign in and out, and nobody else gets in. */
@WithGateway
class SessionsIT {

  private static final String SESSION = "/v1/session";
  private static final String PASSWORD = SESSION + "/password";

  private final LocalGateway gateway;
  private final Chain chain;

  SessionsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  /** All tests call from one address, which has so many failures and no more. */
  @AfterEach
  void forgetFailures() throws SQLException {
    gateway.database().rows("DELETE FROM sign_in_failure RETURNING failures");
  }

  @Test
  void opens_a_session_with_a_cookie_that_pages_cannot_read() {
    Person manager = Person.of(gateway, chain, List.of("storeManager"), "S1");

    Answer answer = manager.attempt(manager.password());

    JsonObject session = answer.json(200);
    assertThat(answer.header("Set-Cookie"))
        .contains("points_session=ps_", "HTTPOnly", "SameSite=Strict", "Path=/")
        .doesNotContain("Secure", "Max-Age", "Expires");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(session.getString("staffId")).isEqualTo(manager.staffId());
    assertThat(session.getJsonArray("stores")).isEqualTo(new JsonArray().add("S1"));
    assertThat(session.getJsonArray("permissions"))
        .contains("adjust", "serve", "readFigures")
        .doesNotContain("setUp", "manageStaff", "ownSession");
    Caller caller = Person.caller(gateway, answer);
    JsonObject again = caller.get(SESSION).json(200);
    again.remove("idleExpiresAt");
    session.remove("idleExpiresAt");
    assertThat(again).isEqualTo(session);
  }

  @Test
  void refuses_wrong_names_passwords_and_ended_accounts_alike() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Answer wrongPassword = person.attempt("not the password");
    Answer nobody =
        Person.visitor(gateway)
            .postPlain(SESSION, person.attempt().put("name", "nobody of this name"));
    Answer elsewhere =
        Person.visitor(gateway).postPlain(SESSION, person.attempt().put("programId", "nowhere"));
    chain.admin().patch(person.path(), new JsonObject().put("active", false)).json(200);
    Answer ended = person.attempt(person.password());

    for (Answer answer : List.of(wrongPassword, nobody, elsewhere, ended)) {
      JsonObject problem = answer.isProblem(401, "sign_in_failed");
      assertThat(problem.getString("detail")).isEqualTo("Name, password or code are not right.");
      assertThat(answer.header("Set-Cookie")).isNull();
    }
  }

  @Test
  void knows_a_name_in_any_case_and_form() {
    Person person = Person.of(gateway, chain, List.of("support"));
    String wide = person.name().toUpperCase(java.util.Locale.ROOT).replace("W", "\uFF37");
    Person.visitor(gateway).postPlain(SESSION, person.attempt().put("name", wide)).json(200);
  }

  @Test
  void allows_nothing_but_a_new_password_after_the_first_sign_in() {
    Person person = Person.fresh(gateway, chain, List.of("headOffice"));
    Answer signedIn = person.attempt(person.password());
    assertThat(signedIn.json(200).getBoolean("mustChangePassword")).isTrue();
    assertThat(signedIn.json(200).getJsonArray("permissions")).isEmpty();
    Caller caller = Person.caller(gateway, signedIn);
    caller.get("/v1/program").isProblem(403, "password_change_required");
    caller
        .post("/v1/staff", Person.wanted("Li", List.of("auditor")))
        .isProblem(403, "password_change_required");

    String wanted = "nine elephants on a bridge";
    assertThat(caller.put(PASSWORD, Person.change(person.password(), wanted)).status())
        .isEqualTo(204);

    caller.get("/v1/program").json(200);
    assertThat(caller.get(SESSION).json(200).getBoolean("mustChangePassword")).isFalse();
    person.attempt(person.password()).isProblem(401, "sign_in_failed");
    person.attempt(wanted).json(200);
  }

  @Test
  void takes_a_password_that_somebody_else_set_for_a_week() {
    Person fresh = Person.fresh(gateway, chain, List.of("auditor"));
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Instant now = Instant.now();

    gateway.clock().moveTo(now.plus(Duration.ofDays(7).minusMinutes(1)));
    fresh.attempt(fresh.password()).json(200);
    gateway.clock().moveTo(now.plus(Duration.ofDays(7).plusMinutes(1)));
    fresh.attempt(fresh.password()).isProblem(401, "sign_in_failed");

    person.attempt(person.password()).json(200);
    String again = given(fresh);
    fresh.attempt(again).json(200);
    gateway.clock().moveTo(now.plus(Duration.ofDays(15)));
    fresh.attempt(again).isProblem(401, "sign_in_failed");
  }

  @Test
  void takes_no_such_password_for_a_change_after_the_week() {
    Person fresh = Person.fresh(gateway, chain, List.of("auditor"));
    Instant now = Instant.now();
    gateway.clock().moveTo(now.plus(Duration.ofDays(7).minusMinutes(1)));
    Caller caller = Person.caller(gateway, fresh.attempt(fresh.password()));

    gateway.clock().moveTo(now.plus(Duration.ofDays(7).plusMinutes(1)));

    Answer late = caller.put(PASSWORD, Person.change(fresh.password(), "nine elephants on a tram"));
    late.isInvalid("/current");
    assertThat(late.body()).contains("ask head office");
  }

  /** Nodes of the release before write no end, during an upgrade. */
  @Test
  void ends_a_password_that_was_set_without_an_end() throws SQLException {
    Person fresh = Person.fresh(gateway, chain, List.of("auditor"));
    gateway
        .database()
        .rows(
            "UPDATE staff SET one_time_until = NULL WHERE staff_id = '%s' RETURNING staff_id"
                .formatted(fresh.staffId()));
    Instant now = Instant.now();

    gateway.clock().moveTo(now.plus(Duration.ofDays(7).minusMinutes(1)));
    fresh.attempt(fresh.password()).json(200);
    gateway.clock().moveTo(now.plus(Duration.ofDays(7).plusMinutes(1)));
    fresh.attempt(fresh.password()).isProblem(401, "sign_in_failed");
  }

  private String given(Person person) {
    return chain
        .admin()
        .post(person.path() + "/password", new JsonObject())
        .json(201)
        .getString("password");
  }

  @Test
  void keeps_the_password_that_head_office_sets_during_a_change() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    String change = person.password();
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String account = " WHERE staff_id = '" + person.staffId() + "'";
      statement.execute("SELECT FROM staff" + account + " FOR UPDATE");
      var changed =
          CompletableFuture.supplyAsync(
              () -> caller.put(PASSWORD, Person.change(change, "nine elephants on a bridge")));
      Await.until(
          "the change to wait for the row",
          () -> gateway.database().number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
      statement.execute("UPDATE staff SET password_hash = 'of head office'" + account);
      connection.commit();

      changed.join().isInvalid("/current");
    }
    assertThat(gateway.database().rows("SELECT password_hash FROM staff"))
        .contains("password_hash=of head office");
  }

  @Test
  void opens_no_session_for_a_password_that_is_changed_during_the_sign_in() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String account = " WHERE staff_id = '" + person.staffId() + "'";
      statement.execute("UPDATE staff SET password_hash = 'another'" + account);
      var tried = CompletableFuture.supplyAsync(() -> person.attempt(person.password()));
      Await.until(
          "the sign-in to wait for the row",
          () ->
              tried.isDone()
                  || gateway.database().number("SELECT count(*) FROM pg_locks WHERE NOT granted")
                      > 0);
      connection.commit();

      tried.join().isProblem(401, "sign_in_failed");
    }
  }

  @Test
  void ends_other_sessions_with_a_new_password() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller other = person.signIn();
    Caller caller = person.signIn();
    other.get(SESSION).json(200);

    caller.put(PASSWORD, Person.change(person.password(), "nine elephants on a bridge"));

    other.get(SESSION).isProblem(401, "unauthorized");
    caller.get(SESSION).json(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "aaaaaaaaaaaaaaaa",
        "four words and a tram",
        "correcthorsebatterystaple"
      })
  void refuses_passwords_that_are_tried_first(String wanted) {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    person.signIn().put(PASSWORD, Person.change(person.password(), wanted)).isInvalid("/new");
    person
        .signIn()
        .breaking()
        .put(PASSWORD, Person.change(person.password(), "too short"))
        .isInvalid("/new");
    person
        .signIn()
        .put(PASSWORD, Person.change("not the password", "nine elephants"))
        .isInvalid("/current");
  }

  @Test
  void locks_an_account_after_five_failures_for_twice_as_long_each_time() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    for (int i = 0; i < 5; i++) {
      person.attempt("wrong " + i).isProblem(401, "sign_in_failed");
    }

    Answer locked = person.attempt(person.password());

    locked.isProblem(429, "too_many_attempts");
    assertThat(Long.parseLong(String.valueOf(locked.header("Retry-After")))).isBetween(50L, 60L);
    Instant later = Instant.now().plus(Duration.ofSeconds(61));
    gateway.clock().moveTo(later);
    person.attempt("wrong again").isProblem(401, "sign_in_failed");
    Answer longer = person.attempt(person.password());
    longer.isProblem(429, "too_many_attempts");
    assertThat(Long.parseLong(String.valueOf(longer.header("Retry-After")))).isBetween(110L, 120L);

    chain.admin().post(person.path() + "/unlock", new JsonObject()).json(200);
    person.attempt(person.password()).json(200);
  }

  @Test
  void counts_tries_that_come_at_once() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    List<Integer> statuses =
        java.util.stream.IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> person.attempt("wrong " + i).status())
            .toList();
    assertThat(statuses.stream().filter(it -> it == 401).count()).isLessThanOrEqualTo(5);
    assertThat(statuses).contains(429);
  }

  @Test
  void forgets_failures_after_a_sign_in() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 3; i++) {
        person.attempt("wrong").isProblem(401, "sign_in_failed");
      }
      person.attempt(person.password()).json(200);
    }
  }

  @Test
  void signs_out_here_and_everywhere() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller one = person.signIn();
    Caller two = person.signIn();
    Caller three = person.signIn();

    Answer out = one.delete(SESSION);

    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).contains("points_session=;", "Max-Age=0");
    one.get(SESSION).isProblem(401, "unauthorized");
    two.get(SESSION).json(200);
    assertThat(two.delete("/v1/sessions").status()).isEqualTo(204);
    two.get(SESSION).isProblem(401, "unauthorized");
    three.get(SESSION).isProblem(401, "unauthorized");
  }

  @Test
  void ends_a_session_that_is_not_used_and_one_that_is_used_all_day() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller idle = person.signIn();
    Instant now = Instant.now();
    idle.get(SESSION).json(200);
    gateway.clock().moveTo(now.plus(Duration.ofMinutes(31)));
    awaitEnded(idle);

    gateway.clock().moveTo(now);
    Caller busy = person.signIn();
    for (int minutes = 25; minutes < 720; minutes += 25) {
      gateway.clock().moveTo(now.plus(Duration.ofMinutes(minutes)));
      awaitNoted(busy, now.plus(Duration.ofMinutes(minutes)));
    }
    gateway.clock().moveTo(now.plus(Duration.ofMinutes(721)));
    awaitEnded(busy);
  }

  /** Waits until the node has asked the database again. */
  private static void awaitEnded(Caller caller) {
    awaitWithinSecond(() -> caller.get(SESSION).status() == 401);
  }

  private static void awaitNoted(Caller caller, Instant now) {
    awaitWithinSecond(
        () ->
            Instant.parse(caller.get(SESSION).json(200).getString("idleExpiresAt"))
                .isAfter(now.plus(Duration.ofMinutes(29))));
  }

  private static void awaitWithinSecond(java.util.function.BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
    }
  }

  @Test
  void lets_no_page_of_another_site_call_with_the_cookie() {
    Person person = Person.of(gateway, chain, List.of("headOffice"));
    Caller caller = person.signIn();
    JsonObject wanted = Person.wanted("Forged", List.of("headOffice"));

    caller.without("X-CSRF-Token").post("/v1/staff", wanted).isProblem(403, "csrf_token_invalid");
    caller
        .with("X-CSRF-Token", "guess")
        .post("/v1/staff", wanted)
        .isProblem(403, "csrf_token_invalid");
    caller
        .with("Origin", "https://evil.example")
        .post("/v1/staff", wanted)
        .isProblem(403, "csrf_token_invalid");
    caller
        .with("Sec-Fetch-Site", "cross-site")
        .post("/v1/staff", wanted)
        .isProblem(403, "csrf_token_invalid");
    Person.visitor(gateway)
        .with("Sec-Fetch-Site", "cross-site")
        .postPlain(SESSION, person.attempt())
        .isProblem(403, "csrf_token_invalid");

    caller.without("X-CSRF-Token").get(SESSION).json(200);
    caller
        .with("Sec-Fetch-Site", "same-origin")
        .with("Origin", gateway.uri())
        .post("/v1/staff", wanted)
        .json(201);
  }

  @Test
  void refuses_invented_cookies_and_a_key_beside_a_cookie() {
    Caller visitor = Person.visitor(gateway);
    for (String token : List.of("x", "ps_" + "a".repeat(65), "pk_" + "a".repeat(65))) {
      visitor
          .with("Cookie", "points_session=" + token)
          .get("/v1/program")
          .isProblem(401, "unauthorized");
    }
    Person person = Person.of(gateway, chain, List.of("auditor"));
    person
        .signIn()
        .with("Authorization", "Bearer " + LocalGateway.OPERATOR_KEY)
        .get("/v1/program")
        .isProblem(401, "unauthorized");
    chain.admin().get(SESSION).isProblem(403, "forbidden");
  }

  @Test
  void names_the_fields_of_a_sign_in_that_are_wrong() {
    Caller bad = Person.visitor(gateway).breaking();
    bad.postPlain(SESSION, new JsonObject()).isInvalid("/programId", "/name", "/password");
    bad.postPlain(
            SESSION,
            new JsonObject()
                .put("programId", "p")
                .put("name", "n")
                .put("password", "x".repeat(129))
                .put("code", "12"))
        .isInvalid("/password", "/code");
  }

  @Test
  void keeps_no_token_and_no_password_in_the_database() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Answer answer = person.attempt(person.password());
    String token = Person.cookie(answer).substring("points_session=".length());
    assertThat(gateway.database().rows("SELECT password_hash FROM staff").toString())
        .contains("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(gateway.database().tablesWith(token, person.password())).isEmpty();
    assertThat(gateway.database().tablesWith(person.name())).contains("staff");
  }
}
