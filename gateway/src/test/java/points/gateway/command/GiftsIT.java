package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
class GiftsIT {

  private static final String EXPIRES = "2099-06-30T16:00:00Z";

  private final Chain chain;
  private final Caller admin;

  GiftsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void gives_points_that_end_when_the_gift_says() {
    String member = chain.memberWith(10);

    JsonObject given = admin.post(path(member), gift(5).put("expiresAt", EXPIRES)).json(201);

    assertThat(given.getLong("points")).isEqualTo(5);
    assertThat(given.getLong("balance")).isEqualTo(15);
    assertThat(given.getString("operator")).isEqualTo("Li Lei");
    assertThat(given.getJsonArray("lots").getJsonObject(0).getString("expiresAt"))
        .isEqualTo(EXPIRES);
  }

  @Test
  void is_a_kind_of_its_own_in_the_history_and_earns_nothing() {
    String member = chain.memberWith(10);
    admin.post(path(member), gift(5).put("metadata", new JsonObject().put("case", "7"))).json(201);

    JsonObject entry = admin.get("/v1/members/" + member + "/entries?kind=gift").items().get(0);

    assertThat(entry.getString("kind")).isEqualTo("gift");
    assertThat(entry.getString("reason")).isEqualTo("sorry for the long wait");
    assertThat(entry.getJsonObject("metadata").getString("case")).isEqualTo("7");
    assertThat(entry.getValue("accounts")).isNull();
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isEqualTo(10);
  }

  @Test
  void names_the_points_that_had_expired_before_it_came() {
    String member = chain.memberWith(10);

    JsonObject given =
        admin.post(path(member), gift(5).put("expiresAt", "2020-01-01T00:00:00Z")).json(201);

    assertThat(given.getLong("expiredOnArrival")).isEqualTo(5);
    assertThat(given.getLong("balance")).isEqualTo(10);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    String member = chain.memberWith(10);
    String key = Caller.newKey();
    Answer first = admin.post(path(member), key, gift(5));

    Answer again = admin.post(path(member), key, gift(5));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin
        .post(path(member), key, gift(5).put("expiresAt", EXPIRES))
        .isProblem(422, "idempotency_key_reused");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(15);
  }

  @Test
  void is_undone_by_a_reversal_that_leaves_spent_points_owed() {
    String member = chain.memberWith(0);
    String gift = admin.post(path(member), gift(5)).json(201).getString("transactionId");
    admin.post("/v1/deductions", Chain.spending(member, 2)).json(201);

    JsonObject reversal =
        admin
            .post(
                "/v1/reversals",
                new JsonObject()
                    .put("transactionId", gift)
                    .put("reason", "a mistake")
                    .put("operator", "Li Lei"))
            .json(201);

    assertThat(reversal.getLong("debt")).isEqualTo(2);
    assertThat(chain.balance(member).getLong("available")).isZero();
  }

  @Test
  void comes_as_a_record_of_a_batch() {
    String member = chain.memberWith(10);

    List<JsonObject> answers =
        new BatchCaller(admin)
            .send(gift(5).put("type", "gift").put("key", "b1").put("memberId", member));

    assertThat(answers.get(0).getInteger("status")).isEqualTo(201);
    assertThat(answers.get(0).getJsonObject("body").getLong("balance")).isEqualTo(15);
  }

  @Test
  void reaches_a_frozen_member_and_enrols_nobody() {
    String member = chain.memberWith(10);
    admin
        .post("/v1/members/" + member + "/freeze", new JsonObject().put("reason", "lost card"))
        .json(200);

    admin.post(path(member), gift(5)).json(201);
    admin.post(path("stranger"), gift(5)).isProblem(404, "member_not_found");
  }

  @Test
  void refuses_to_pass_the_limit_of_a_balance() {
    String member = chain.memberWith(1);

    admin.post(path(member), gift(1_000_000_000_000_000L)).isProblem(409, "balance_limit_exceeded");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_000_000_001L})
  void takes_points_in_range_only(long points) {
    admin.breaking().post(path("m"), gift(points)).isInvalid("/points");
  }

  @Test
  void requires_a_reason_and_an_operator() {
    admin
        .breaking()
        .post(path("m"), new JsonObject().put("points", 1))
        .isInvalid("/reason", "/operator");
  }

  private static String path(String member) {
    return "/v1/members/" + member + "/gifts";
  }

  private static JsonObject gift(long points) {
    return new JsonObject()
        .put("points", points)
        .put("reason", "sorry for the long wait")
        .put("operator", "Li Lei");
  }
}
