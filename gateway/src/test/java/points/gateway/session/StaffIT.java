package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** Head office keeps the accounts of its people. */
@WithGateway
class StaffIT {

  private static final String STAFF = "/v1/staff";

  private final LocalGateway gateway;
  private final Chain chain;

  StaffIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void makes_an_account_once_and_shows_its_password_once() {
    Person office = Person.of(gateway, chain, List.of("headOffice"));
    Caller caller = office.signIn();
    String key = Caller.newKey();
    JsonObject wanted = Person.wanted(chain.newId("Li "), List.of("storeManager"), "S1");

    Answer made = caller.post(STAFF, key, wanted);

    Answer again = caller.post(STAFF, key, wanted);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(made.body());
    JsonObject account = made.json(201);
    assertThat(account.getString("password")).hasSize(19);
    assertThat(account.getBoolean("mustChangePassword")).isTrue();
    String path = STAFF + "/" + account.getString("staffId");
    account.remove("password");
    assertThat(caller.get(path).json(200)).isEqualTo(account);
    assertThat(caller.get(STAFF + "?limit=200").items()).contains(account);
    caller.post(STAFF, wanted).isProblem(409, "staff_exists");
    office.signIn().post(STAFF, key, wanted).isProblem(422, "idempotency_key_reused");
  }

  @Test
  void names_the_field_that_is_wrong() {
    Caller bad = chain.admin().breaking();
    bad.post(STAFF, new JsonObject()).isInvalid("/name", "/roles");
    bad.post(STAFF, Person.wanted("x", List.of("admin"))).isInvalid("/roles");
    bad.post(STAFF, Person.wanted("x", List.of("storeManager"))).isInvalid("/stores");
    bad.post(STAFF, Person.wanted("x", List.of("headOffice"), "S1")).isInvalid("/stores");
    bad.post(STAFF, Person.wanted("x", List.of("storeManager", "support"))).isInvalid("/stores");
    bad.post(STAFF, Person.wanted("x", List.of("support")).put("language", "?"))
        .isInvalid("/language");
    chain
        .admin()
        .post(STAFF, Person.wanted("x", List.of("storeManager"), "nowhere"))
        .isProblem(422, "unknown_store");
    chain.admin().get(STAFF + "/nobody").isProblem(404, "not_found");
  }

  @Test
  void applies_a_patch_to_open_sessions_within_a_second() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    caller.get(STAFF).json(200);

    JsonObject changed =
        chain
            .admin()
            .patch(person.path(), new JsonObject().put("roles", new JsonArray().add("marketing")))
            .json(200);

    assertThat(changed.getJsonArray("roles")).isEqualTo(new JsonArray().add("marketing"));
    assertThat(changed.getString("name")).isEqualTo(person.name());
    caller.get(STAFF).isProblem(403, "forbidden");
    chain.admin().patch(person.path(), new JsonObject().put("active", false)).json(200);
    caller.get("/v1/session").isProblem(401, "unauthorized");
    chain.admin().patch(person.path(), new JsonObject().put("active", true)).json(200);
    caller.get("/v1/session").isProblem(401, "unauthorized");
  }

  @Test
  void says_so_when_somebody_else_has_changed_the_account() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    long read = chain.admin().get(person.path()).json(200).getLong("version");
    JsonObject change = new JsonObject().put("language", "zh-CN").put("version", read);
    chain.admin().patch(person.path(), change).json(200);

    chain
        .admin()
        .patch(person.path(), change.put("language", "en"))
        .isProblem(409, "staff_changed");

    assertThat(chain.admin().get(person.path()).json(200).getString("language")).isEqualTo("zh-CN");
  }

  @Test
  void keeps_the_last_account_of_head_office() {
    Chain own = Chain.open(gateway, "LastOffice");
    Person one = Person.of(gateway, own, List.of("headOffice"));
    Person two = Person.of(gateway, own, List.of("headOffice", "auditor"));
    JsonObject ended = new JsonObject().put("active", false);
    own.admin().patch(one.path(), ended).json(200);

    own.admin().patch(two.path(), ended).isProblem(409, "last_head_office");
    own.admin()
        .patch(two.path(), new JsonObject().put("roles", new JsonArray().add("auditor")))
        .isProblem(409, "last_head_office");

    two.signIn().get(STAFF).json(200);
  }

  @Test
  void keeps_one_account_of_head_office_when_two_are_ended_at_once() {
    Chain own = Chain.open(gateway, "TwoOffices");
    List<Person> both =
        List.of(
            Person.of(gateway, own, List.of("headOffice")),
            Person.of(gateway, own, List.of("headOffice")));
    for (int round = 0; round < 10; round++) {
      List<Answer> answers =
          both.parallelStream()
              .map(it -> own.admin().patch(it.path(), new JsonObject().put("active", false)))
              .toList();

      assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
      both.forEach(
          it -> own.admin().patch(it.path(), new JsonObject().put("active", true)).json(200));
    }
  }

  @Test
  void gives_a_password_for_one_sign_in_and_ends_the_sessions() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    JsonObject given = chain.admin().post(person.path() + "/password", new JsonObject()).json(201);

    caller.get("/v1/session").isProblem(401, "unauthorized");
    person.attempt(person.password()).isProblem(401, "sign_in_failed");
    assertThat(
            person.attempt(given.getString("password")).json(200).getBoolean("mustChangePassword"))
        .isTrue();
  }

  @Test
  void an_open_session_resets_nothing_of_its_own_account() {
    Person office = Person.of(gateway, chain, List.of("headOffice"));
    Person other = Person.of(gateway, chain, List.of("headOffice"));
    Caller caller = office.signIn();

    caller.post(office.path() + "/password", new JsonObject()).isProblem(409, "own_account");
    caller.post(office.path() + "/unlock", new JsonObject()).isProblem(409, "own_account");
    caller.delete(office.path() + "/second-factor").isProblem(409, "own_account");

    caller.get("/v1/session").json(200);
    office.attempt(office.password()).json(200);
    caller.post(other.path() + "/unlock", new JsonObject()).json(200);
    caller.post(other.path() + "/password", new JsonObject()).json(201);
    assertThat(caller.delete(other.path() + "/second-factor").status()).isEqualTo(204);
  }

  @Test
  void another_name_gives_an_open_session_no_more_tries_of_the_password() {
    Person office = Person.of(gateway, chain, List.of("headOffice"));
    Caller caller = office.signIn();
    JsonObject guess = Person.change("not the password", "nine elephants on a bridge");
    for (int i = 0; i < 5; i++) {
      caller.put("/v1/session/password", guess).isInvalid("/current");
    }

    caller.patch(office.path(), new JsonObject().put("name", chain.newId("Wu "))).json(200);

    caller.put("/v1/session/password", guess).isProblem(429, "too_many_attempts");
    chain.admin().post(office.path() + "/unlock", new JsonObject()).json(200);
    caller.put("/v1/session/password", guess).isInvalid("/current");
  }

  @Test
  void keeps_a_manager_to_the_stores_of_the_account() {
    chain.store("S7");
    chain.store("S8");
    Person manager = Person.of(gateway, chain, List.of("storeManager"), "S1", "S7");
    Caller caller = manager.signIn();
    String member = chain.newId("member-");

    caller.post("/v1/accruals", chain.order(member, 1000)).json(201);
    caller.post("/v1/accruals", chain.order(member, 1000).put("storeId", "S7")).json(201);
    JsonObject problem =
        caller
            .post("/v1/accruals", chain.order(member, 1000).put("storeId", "S8"))
            .isProblem(403, "store_out_of_scope");

    assertThat(problem.getString("detail")).isEqualTo("This account is bound to stores S1, S7.");
    caller.get("/v1/claims?storeId=S7").json(200);
    caller.get("/v1/claims").isProblem(403, "store_out_of_scope");
  }

  @Test
  void sees_nothing_of_another_program() {
    Chain other = Chain.open(gateway, "Other");
    Person stranger = Person.of(gateway, other, List.of("headOffice"));
    Person person = Person.of(gateway, chain, List.of("auditor"));
    stranger.signIn().get(person.path()).isProblem(404, "not_found");
    stranger
        .signIn()
        .patch(person.path(), new JsonObject().put("active", false))
        .isProblem(404, "not_found");
    assertThat(stranger.signIn().get(STAFF + "?limit=200").body()).doesNotContain(person.staffId());
  }
}
