package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Programs, their rules and their stores, and that nothing of one is seen from another. */
@WithGateway
class ProgramIT {

  private static final String PROGRAM = "/v1/program";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  ProgramIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void starts_with_rules_that_can_be_read_and_replaced() {
    Chain fresh = Chain.open(gateway, "fresh");
    JsonObject expected =
        Chain.rules()
            .mergeIn(Chain.terms())
            .put("programId", fresh.programId())
            .put("name", "fresh");
    assertThat(fresh.admin().get("/v1/program").json(200)).isEqualTo(expected);

    JsonObject wanted =
        new JsonObject()
            .put("name", "Corner Shops")
            .put("currency", "JPY")
            .put("timeZone", "Europe/Berlin")
            .put("earning", Chain.earning(3, 2000, "halfEven"))
            .put(
                "validity",
                new JsonObject().put("kind", "endOf").put("unit", "year").put("after", 1))
            .put("autoEnrol", false);
    JsonObject replaced = fresh.admin().put("/v1/program", wanted).json(200);

    assertThat(replaced)
        .isEqualTo(
            wanted.mergeIn(Chain.terms()).put("country", "JP").put("programId", fresh.programId()));
    assertThat(fresh.admin().get("/v1/program").json(200)).isEqualTo(replaced);
  }

  @Test
  void of_two_people_who_change_the_rules_the_second_is_refused_and_may_read_again() {
    Caller two = Chain.open(gateway, "two").admin();
    String read = version(two, PROGRAM);
    Answer first = two.with("If-Match", read).put(PROGRAM, Chain.rules().put("name", "first"));
    first.json(200);

    Caller late = two.with("If-Match", read);
    late.put(PROGRAM, Chain.rules().put("name", "late")).isProblem(412, "changed_meanwhile");

    Answer now = two.get(PROGRAM);
    assertThat(now.json(200).getString("name")).isEqualTo("first");
    assertThat(now.header("ETag")).isEqualTo(first.header("ETag")).isNotEqualTo(read);
    two.with("If-Match", "\"another\", " + now.header("ETag"))
        .put(PROGRAM, Chain.rules().put("name", "again"))
        .json(200);
    two.with("If-Match", "*").put(PROGRAM, Chain.rules()).json(200);
    gateway.restart();
    assertThat(two.get(PROGRAM).header("ETag"))
        .isEqualTo(two.put(PROGRAM, Chain.rules()).header("ETag"));
  }

  @Test
  void renames_a_store_and_refuses_the_second_of_two_people() {
    String store = chain.newId("store-");
    chain.store(store);
    String path = "/v1/stores/" + store;
    String read = version(admin, path);
    JsonObject before = admin.get(path).json(200);
    Answer first = admin.with("If-Match", read).patch(path, named("East"));

    assertThat(first.json(200)).isEqualTo(before.copy().put("name", "East"));
    admin.with("If-Match", read).patch(path, named("West")).isProblem(412, "changed_meanwhile");
    assertThat(admin.get(path).json(200).getString("name")).isEqualTo("East");
    assertThat(admin.get(path).header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(admin.patch(path, named("West")).json(200).getString("name")).isEqualTo("West");

    Caller bad = admin.breaking();
    bad.patch(path, named("")).isInvalid("/name");
    bad.patch(path, new JsonObject()).isInvalid("/name");
    bad.patch(path, named("x").put("storeId", "y")).isInvalid("/storeId");
    admin.patch("/v1/stores/none", named("x")).isProblem(404, "not_found");
    bad.patch("/v1/stores/no%20id", named("x")).isProblem(404, "not_found");
  }

  private static String version(Caller caller, String path) {
    return Objects.requireNonNull(caller.get(path).header("ETag"));
  }

  private static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  @Test
  void gives_points_for_full_steps_only_where_the_rule_says_so() {
    Chain other = Chain.open(gateway, "steps");
    JsonObject steps = new JsonObject().put("points", 5).put("perAmount", 250);
    JsonObject rules = Chain.rules().put("earning", steps);

    other.admin().put("/v1/program", rules).isInvalid("/earning/rounding");
    other
        .admin()
        .put("/v1/program", rules.copy().put("earning", steps.copy().put("rounding", "floor")))
        .json(200);
    assertThat(other.earn("m", 300).getLong("points")).isEqualTo(6);
    JsonObject full =
        other
            .admin()
            .put("/v1/program", rules.put("earning", steps.put("per", "fullStep")))
            .json(200);

    assertThat(full.getJsonObject("earning")).isEqualTo(steps.copy().put("rounding", "floor"));
    assertThat(other.earn("m", 300).getLong("points")).isEqualTo(5);
    assertThat(other.earn("m", 499).getLong("points")).isEqualTo(5);
    assertThat(other.earn("m", 500).getLong("points")).isEqualTo(10);
    assertThat(other.earn("m", 249).getLong("points")).isZero();
  }

  @Test
  void holds_a_new_rule_from_the_next_accrual_on() {
    Chain other = Chain.open(gateway, "rule");
    assertThat(other.earn("m", 2000).getLong("points")).isEqualTo(20);

    other
        .admin()
        .put("/v1/program", Chain.rules().put("earning", Chain.earning(1, 2000, "floor")))
        .json(200);

    assertThat(other.earn("m", 2000).getLong("points")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/name              | {\"name\":\"\"}",
        "/currency          | {\"currency\":\"yuan\"}",
        "/timeZone          | {\"timeZone\":\"+08:00\"}",
        "/timeZone          | {\"timeZone\":null}",
        "/earning           | {\"earning\":null}",
        "/earning/points    | {\"earning\":{\"points\":0,\"perAmount\":1,\"rounding\":\"floor\"}}",
        "/earning/perAmount | {\"earning\":{\"points\":1,\"perAmount\":0,\"rounding\":\"floor\"}}",
        "/earning/rounding  | {\"earning\":{\"points\":1,\"perAmount\":1,\"rounding\":\"up\"}}",
        "/earning/x         |"
            + " {\"earning\":{\"points\":1,\"perAmount\":1,\"rounding\":\"floor\",\"x\":1}}",
        "/validity          | {\"validity\":\"never\"}",
        "/validity/kind     | {\"validity\":{\"kind\":\"weekly\"}}",
        "/validity/period   | {\"validity\":{\"kind\":\"rolling\"}}",
        "/validity/period   | {\"validity\":{\"kind\":\"rolling\",\"period\":\"P0M\"}}",
        "/validity/period   | {\"validity\":{\"kind\":\"rolling\",\"period\":\"P121M\"}}",
        "/validity/period   | {\"validity\":{\"kind\":\"rolling\",\"period\":\"P3651D\"}}",
        "/validity/period   | {\"validity\":{\"kind\":\"rolling\",\"period\":\"P1Y\"}}",
        "/validity/unit     | {\"validity\":{\"kind\":\"endOf\",\"unit\":\"week\",\"after\":1}}",
        "/validity/after    | {\"validity\":{\"kind\":\"endOf\",\"unit\":\"year\",\"after\":11}}",
        "/validity/period   | {\"validity\":{\"kind\":\"never\",\"period\":\"P1M\"}}",
        "/autoEnrol         | {\"autoEnrol\":\"yes\"}",
        "/color             | {\"color\":\"red\"}",
      })
  void names_the_field_that_is_wrong(String pointer, String change) {
    JsonObject rules = Chain.rules().mergeIn(new JsonObject(change));

    admin.breaking().put("/v1/program", rules).isInvalid(pointer);

    assertThat(admin.get("/v1/program").json(200).getString("name")).isEqualTo("ProgramIT");
  }

  @Test
  void wants_every_field() {
    for (String field : Chain.rules().fieldNames()) {
      JsonObject rules = Chain.rules();
      rules.remove(field);
      admin.breaking().put("/v1/program", rules).isInvalid("/" + field);
    }
  }

  @ParameterizedTest
  @CsvSource({"currency, ABC", "timeZone, Asia/Atlantis"})
  void refuses_an_unknown_code(String field, String value) {
    admin.put("/v1/program", Chain.rules().put(field, value)).isInvalid("/" + field);
  }

  @Test
  void makes_a_program_once_and_gives_its_key_again_to_the_same_caller() {
    JsonObject wanted = new JsonObject().put("programId", "again").put("name", "Again");
    String key = Caller.newKey();

    Answer first = gateway.operator().post("/v1/programs", key, wanted);
    Answer again = gateway.operator().post("/v1/programs", key, wanted);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    gateway.operator().post("/v1/programs", wanted).isProblem(409, "program_exists");
    gateway.caller(first.json(201).getString("key")).get("/v1/program").json(200);
  }

  @Test
  void shows_nothing_of_one_program_to_another() {
    Chain other = Chain.open(gateway, "other");
    JsonObject order = chain.order("same", 500);
    String key = Caller.newKey();
    admin.post("/v1/accruals", key, order).json(201);
    admin
        .post("/v1/members", new JsonObject().put("memberId", "p").put("phone", "13800000001"))
        .json(201);
    chain.store("only-here");
    String orderId = order.getString("orderId");

    Caller stranger = other.admin();
    for (String what : List.of("", "/balance", "/lots", "/entries")) {
      stranger.get("/v1/members/same" + what).isProblem(404, "member_not_found");
    }
    assertThat(stranger.get("/v1/members?phone=13800000001").items()).isEmpty();
    stranger.get("/v1/transactions/same-1").isProblem(404, "transaction_not_found");
    assertThat(stranger.get("/v1/transactions?storeId=S1&orderId=" + orderId).items()).isEmpty();
    stranger.post("/v1/deductions", Chain.spending("same", 1)).isProblem(404, "member_not_found");
    stranger
        .post("/v1/accruals", order.copy().put("storeId", "only-here"))
        .isProblem(422, "unknown_store");
    String list = stranger.get("/v1/stores").body() + stranger.get("/v1/api-keys").body();
    assertThat(list).doesNotContain("only-here");

    // The same member, order, key and phone are free in the other program.
    Answer own = stranger.post("/v1/accruals", key, order);
    assertThat(own.json(201).getLong("sequence")).isEqualTo(1);
    assertThat(own.isReplay()).isFalse();
    stranger
        .post("/v1/members", new JsonObject().put("memberId", "p").put("phone", "13800000001"))
        .json(201);
    assertThat(chain.entries("same")).isEqualTo(1);
  }

  @Test
  void revokes_no_key_of_another_program() {
    Chain other = Chain.open(gateway, "keys");
    String keyId = admin.get("/v1/api-keys").items().get(0).getString("keyId");

    other.admin().delete("/v1/api-keys/" + keyId).isProblem(404, "not_found");

    admin.get("/v1/program").json(200);
  }

  @Test
  void makes_and_lists_stores() {
    Chain other = Chain.open(gateway, "stores");
    for (String id : List.of("B", "a", "C", "10", "9")) {
      other.store(id);
    }
    JsonObject wanted = new JsonObject().put("storeId", "D").put("name", "店");
    String key = Caller.newKey();
    Answer first = other.admin().post("/v1/stores", key, wanted);
    Answer again = other.admin().post("/v1/stores", key, wanted);

    assertThat(first.json(201).getString("name")).isEqualTo("店");
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    other.admin().post("/v1/stores", wanted).isProblem(409, "store_exists");
    other
        .admin()
        .post("/v1/stores", key, wanted.copy().put("name", "x"))
        .isProblem(422, "idempotency_key_reused");
    assertThat(storeIds(other.admin())).containsExactly("10", "9", "B", "C", "D", "S1", "a");
  }

  private static List<String> storeIds(Caller caller) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page = caller.get("/v1/stores?limit=2" + cursor).json(200);
      page.getJsonArray("items").forEach(s -> ids.add(((JsonObject) s).getString("storeId")));
      String next = page.getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    return ids;
  }

  @Test
  void names_the_field_of_a_store_or_program_that_is_wrong() {
    JsonObject wrong = new JsonObject().put("storeId", "a/b").put("name", "");
    admin.breaking().post("/v1/stores", wrong).isInvalid("/storeId", "/name");
    JsonObject program = new JsonObject().put("programId", "").put("x", 1);
    gateway
        .operator()
        .breaking()
        .post("/v1/programs", program)
        .isInvalid("/programId", "/name", "/x");
  }
}
