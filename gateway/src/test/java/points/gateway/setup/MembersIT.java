package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

@WithGateway
class MembersIT {

  private static final String MEMBERS = "/v1/members";
  private static final JsonObject REASON = new JsonObject().put("reason", "lost card");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  MembersIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  private static JsonObject member(String memberId) {
    return new JsonObject().put("memberId", memberId);
  }

  @Test
  void enrols_a_member_and_finds_it_by_each_of_its_names() {
    JsonObject wanted =
        member("han-meimei")
            .put("phone", "+8613800000001")
            .put("cardNumber", "C-1&2=3")
            .put("openId", "o_Abc-1")
            .put("name", "韩梅梅");

    JsonObject enrolled = admin.post(MEMBERS, wanted).json(201);

    assertThat(enrolled.getString("status")).isEqualTo("active");
    assertThat(enrolled.getString("name")).isEqualTo("韩梅梅");
    assertThat(admin.get(MEMBERS + "/han-meimei").json(200)).isEqualTo(enrolled);
    for (String query :
        new String[] {"phone=%2B8613800000001", "cardNumber=C-1%262%3D3", "openId=o_Abc-1"}) {
      assertThat(admin.get(MEMBERS + "?" + query).items()).containsExactly(enrolled);
    }
    JsonObject balance = chain.balance("han-meimei");
    assertThat(balance.getLong("sequence")).isZero();
    assertThat(balance.getValue("nextExpiry")).isNull();
  }

  @Test
  void takes_a_phone_number_for_the_same_however_it_is_written() {
    String e164 = "+8613800000009";
    admin.post(MEMBERS, member("written").put("phone", "13800000009")).json(201);

    for (String phone :
        List.of("13800000009", e164, "008613800000009", "+86 138-0000-0009", "138 0000 0009")) {
      String query = MEMBERS + "?phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8);
      JsonObject found = admin.get(query).items().get(0);
      assertThat(found.getString("memberId")).isEqualTo("written");
      assertThat(found.getString("phone")).isEqualTo(e164);
      JsonObject other = member(chain.newId("other")).put("phone", phone);
      admin.post(MEMBERS, other).isProblem(409, "identifier_taken");
      admin
          .post(
              "/v1/members/" + chain.newId("opened") + "/opening",
              new JsonObject().put("phone", phone).put("points", 1))
          .isProblem(409, "identifier_taken");
    }
    assertThat(admin.get(MEMBERS + "?phone=13800000008").items()).isEmpty();
    assertThat(admin.get(MEMBERS + "?phone=the-office").items()).isEmpty();
  }

  /** Numbers that are not those of the program's country have their own. */
  @Test
  void reads_a_phone_number_as_the_country_of_the_program_writes_it() {
    Chain hongKong = Chain.open(gateway, "hk");
    Caller office = hongKong.admin();
    office.put("/v1/program", Chain.rules().put("currency", "HKD")).json(200);
    assertThat(office.get("/v1/program").json(200).getString("country")).isEqualTo("HK");
    JsonObject mei = office.post(MEMBERS, member("mei").put("phone", "51234567")).json(201);
    assertThat(mei.getString("phone")).isEqualTo("+85251234567");

    office.put("/v1/program", Chain.rules().put("currency", "EUR")).json(200);

    assertThat(office.get("/v1/program").json(200).containsKey("country")).isFalse();
    office.post(MEMBERS, member("li").put("phone", "51234568")).isInvalid("/phone");
    office.post(MEMBERS, member("li").put("phone", "+85251234568")).json(201);
    office.put("/v1/program", Chain.rules().put("country", "AQ")).isInvalid("/country");
    office.put("/v1/program", Chain.rules().put("currency", "EUR").put("country", "FR")).json(200);
    JsonObject paris = office.post(MEMBERS, member("jean").put("phone", "0612345678")).json(201);
    assertThat(paris.getString("phone")).isEqualTo("+33612345678");
  }

  @Test
  void takes_every_character_of_an_id_in_addresses() {
    admin.post(MEMBERS, member("a._:@+~-B")).json(201);

    assertThat(admin.get(MEMBERS + "/a._:@+~-B").json(200).getString("memberId"))
        .isEqualTo("a._:@+~-B");
    assertThat(admin.get(MEMBERS + "/a._%3A%40%2B~-B/balance").status()).isEqualTo(200);
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    String key = Caller.newKey();
    Answer first = admin.post(MEMBERS, key, member("replayed").put("phone", "13700000001"));
    admin.patch(MEMBERS + "/replayed", new JsonObject().put("phone", "13700000002")).json(200);

    Answer again = admin.post(MEMBERS, key, member("replayed").put("phone", "13700000001"));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(MEMBERS, key, member("replayed")).isProblem(422, "idempotency_key_reused");
  }

  @Test
  void enrols_nobody_twice() {
    admin.post(MEMBERS, member("twice")).json(201);
    chain.earn("by-order", 100);

    admin.post(MEMBERS, member("twice")).isProblem(409, "member_exists");
    admin.post(MEMBERS, member("by-order")).isProblem(409, "member_exists");
  }

  @ParameterizedTest
  @CsvSource({"phone, 13700000003", "cardNumber, the-same", "openId, the-same"})
  void gives_no_identifier_to_two_members(String field, String value) {
    String first = chain.newId("first");
    String second = chain.newId("second");
    admin.post(MEMBERS, member(first).put(field, value)).json(201);

    JsonObject problem =
        admin.post(MEMBERS, member(second).put(field, value)).isProblem(409, "identifier_taken");
    admin.get(MEMBERS + "/" + second).isProblem(404, "member_not_found");
    admin.post(MEMBERS, member(second)).json(201);
    admin
        .patch(MEMBERS + "/" + second, new JsonObject().put(field, value))
        .isProblem(409, "identifier_taken");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/" + field);
    assertThat(admin.get(MEMBERS + "/" + second).json(200).containsKey(field)).isFalse();
  }

  @Test
  void a_patch_changes_given_fields_clears_nulls_and_keeps_the_rest() {
    admin
        .post(
            MEMBERS,
            member("patched").put("phone", "13700000004").put("cardNumber", "c1").put("name", "A"))
        .json(201);

    JsonObject changed =
        admin
            .with("Content-Type", "application/merge-patch+json")
            .patch(
                MEMBERS + "/patched",
                new JsonObject().put("phone", "13700000005").putNull("cardNumber"))
            .json(200);

    assertThat(changed.getString("phone")).isEqualTo("+8613700000005");
    assertThat(changed.containsKey("cardNumber")).isFalse();
    assertThat(changed.getString("name")).isEqualTo("A");
    assertThat(admin.get(MEMBERS + "?phone=13700000004").items()).isEmpty();
    admin.post(MEMBERS, member(chain.newId("heir")).put("cardNumber", "c1")).json(201);
  }

  @Test
  void keeps_a_profile_of_members_enrolled_by_an_order() {
    chain.earn("ordered", 100);

    JsonObject changed =
        admin.patch(MEMBERS + "/ordered", new JsonObject().put("name", "New")).json(200);

    assertThat(changed.getString("name")).isEqualTo("New");
    assertThat(chain.balance("ordered").getLong("available")).isEqualTo(1);
    admin
        .patch(MEMBERS + "/stranger", new JsonObject().put("name", "x"))
        .isProblem(404, "member_not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "memberId, ''",
    "phone, ''",
    "phone, two words",
    "phone, 138x0000001",
    "cardNumber, ä",
    "openId, ''",
    "name, ''",
    "age, 7"
  })
  void names_the_field_that_is_wrong(String field, String value) {
    admin
        .breaking()
        .post(MEMBERS, member(chain.newId("wrong")).put(field, value))
        .isInvalid("/" + field);
    if (!field.equals("memberId")) {
      admin
          .breaking()
          .patch(MEMBERS + "/anybody", new JsonObject().put(field, value))
          .isInvalid("/" + field);
    }
  }

  @Test
  void takes_a_null_for_no_value_in_patches_only() {
    admin.breaking().post(MEMBERS, member("nulled").putNull("phone")).isInvalid("/phone");
  }

  /** That it is one at most cannot be said in the contract. */
  @Test
  void wants_one_identifier_at_most_to_find_by() {
    admin.get(MEMBERS + "?phone=13800000001&openId=2").isProblem(400, "invalid_query");
    admin.breaking().get(MEMBERS + "?phone=").isProblem(400, "invalid_query");
    admin.breaking().get(MEMBERS + "?name=x").isProblem(400, "invalid_query");
    admin.breaking().get(MEMBERS + "?phone=1&phone=2").isProblem(400, "invalid_query");
  }

  @Test
  void a_frozen_member_neither_earns_nor_spends() {
    String member = chain.memberWith(100);
    JsonObject frozen = admin.post(MEMBERS + "/" + member + "/freeze", REASON).json(200);

    admin.post("/v1/accruals", chain.order(member, 100)).isProblem(409, "member_frozen");
    admin
        .postPlain("/v1/accruals/preview", chain.order(member, 100))
        .isProblem(409, "member_frozen");
    admin.post("/v1/deductions", Chain.spending(member, 1)).isProblem(409, "member_frozen");
    admin.post(MEMBERS + "/" + member + "/freeze", REASON).isProblem(409, "already_frozen");
    admin.post("/v1/adjustments", Chain.adjustment(member, 1)).json(201);

    assertThat(frozen.getString("status")).isEqualTo("frozen");
    assertThat(frozen.getString("transactionId")).isEqualTo(member + "-2");
    assertThat(admin.get(MEMBERS + "/" + member).json(200).getString("status")).isEqualTo("frozen");
    assertThat(chain.entries(member)).isEqualTo(3);
  }

  @Test
  void an_unfrozen_member_earns_and_spends_again() {
    String member = chain.memberWith(100);
    admin.post(MEMBERS + "/" + member + "/freeze", REASON).json(200);

    admin.post(MEMBERS + "/" + member + "/unfreeze", REASON).json(200);

    admin.post("/v1/deductions", Chain.spending(member, 1)).json(201);
    admin.post(MEMBERS + "/" + member + "/unfreeze", REASON).isProblem(409, "not_frozen");
    assertThat(admin.get(MEMBERS + "/" + member).json(200).getString("status")).isEqualTo("active");
  }

  @Test
  void freezes_once_under_one_key() {
    String member = chain.memberWith(1);
    String key = Caller.newKey();
    Answer first = admin.post(MEMBERS + "/" + member + "/freeze", key, REASON);
    admin.post(MEMBERS + "/" + member + "/unfreeze", REASON).json(200);

    Answer again = admin.post(MEMBERS + "/" + member + "/freeze", key, REASON);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(admin.get(MEMBERS + "/" + member).json(200).getString("status")).isEqualTo("active");
  }

  @Test
  void freezes_no_unknown_member() {
    admin.post(MEMBERS + "/stranger/freeze", REASON).isProblem(404, "member_not_found");
    admin.breaking().post(MEMBERS + "/-/freeze", REASON).isProblem(404, "member_not_found");
    admin.breaking().post(MEMBERS + "/m/freeze", new JsonObject()).isInvalid("/reason");
  }
}
