package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.BatchCaller.code;
import static points.gateway.fixture.BatchCaller.line;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What members bring along from another system. */
@WithGateway
class OpeningsIT {

  private static final String EXPIRES = "2099-06-30T16:00:00Z";

  private final LocalGateway gateway;
  private final Chain chain;

  OpeningsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void enrols_a_member_with_all_that_it_had() {
    JsonObject opening =
        new JsonObject()
            .put("points", 1_200)
            .put("expiresAt", EXPIRES)
            .put("storedValue", 5_000)
            .put("growth", 30)
            .put("phone", "13800000001")
            .put("name", "Wang Fang");

    JsonObject answer = chain.admin().post("/v1/members/o1/opening", opening).json(201);

    assertThat(answer.getLong("balance")).isEqualTo(1_200);
    assertThat(answer.getLong("storedValue")).isEqualTo(5_000);
    assertThat(answer.getLong("growth")).isEqualTo(30);
    assertThat(answer.getJsonArray("lots").getJsonObject(0).getString("expiresAt"))
        .isEqualTo(EXPIRES);
    assertThat(chain.balance("o1").getLong("available")).isEqualTo(1_200);
    assertThat(
            chain.admin().get("/v1/members?phone=13800000001").items().get(0).getString("memberId"))
        .isEqualTo("o1");
  }

  @Test
  void the_same_opening_is_done_once_whichever_key_of_the_office_sends_it() {
    String key = Caller.newKey();
    JsonObject opening = new JsonObject().put("points", 7).put("phone", "13800000002");
    Answer first = chain.admin().post("/v1/members/o2/opening", key, opening);
    chain.admin().patch("/v1/members/o2", new JsonObject().put("phone", "13900000002")).json(200);

    Answer again = chain.key("admin").post("/v1/members/o2/opening", key, opening);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.admin().get("/v1/members/o2").json(200).getString("phone"))
        .isEqualTo("+8613900000002");
    chain
        .admin()
        .post("/v1/members/o2/opening", key, opening.copy().put("phone", "13800000009"))
        .isProblem(422, "idempotency_key_reused");
    assertThat(chain.entries("o2")).isEqualTo(1);
  }

  @Test
  void an_identifier_of_another_member_refuses_all_of_it() {
    JsonObject phone = new JsonObject().put("points", 5).put("phone", "13800000003");
    chain.admin().post("/v1/members/o3/opening", phone).json(201);

    chain.admin().post("/v1/members/o4/opening", phone).isProblem(409, "identifier_taken");

    chain.admin().get("/v1/members/o4").isProblem(404, "member_not_found");
  }

  @Test
  void names_the_field_that_is_wrong() {
    Caller bad = chain.admin().breaking();
    bad.post("/v1/members/o5/opening", new JsonObject().put("points", -1)).isInvalid("/points");
    bad.post("/v1/members/o5/opening", new JsonObject().put("expiresAt", "soon"))
        .isInvalid("/expiresAt");
    bad.post("/v1/members/o5/opening", new JsonObject().put("memberId", "o5"))
        .isInvalid("/memberId");
    chain
        .key("store", Chain.STORE)
        .post("/v1/members/o5/opening", new JsonObject())
        .isProblem(403, "forbidden");
  }

  @Test
  void a_file_of_openings_is_resumed_by_sending_it_again() throws Exception {
    List<JsonObject> lines =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    line(
                        "opening",
                        "opening/" + i,
                        new JsonObject()
                            .put("memberId", "file-" + i)
                            .put("points", i)
                            .put("phone", "139" + (10_000_000 + i))))
            .toList();
    var batches = new BatchCaller(chain.admin());
    batches.send(lines.subList(0, 400));

    List<JsonObject> answers = batches.send(lines);

    assertThat(answers).allMatch(it -> it.getInteger("status") == 201);
    assertThat(answers.stream().filter(it -> it.getBoolean("replayed"))).hasSize(400);
    String members = " FROM member WHERE member_id LIKE 'file-%'";
    assertThat(gateway.database().number("SELECT count(*)" + members)).isEqualTo(1_000);
    assertThat(gateway.database().number("SELECT sum(available)" + members)).isEqualTo(499_500);
    JsonObject taken =
        line(
            "opening",
            "opening/taken",
            new JsonObject().put("memberId", "taken").put("phone", "13910000001"));
    assertThat(code(batches.send(taken).get(0))).isEqualTo("409 identifier_taken");
  }
}
