package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.AsWritten;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Bodies, headers and queries that cannot be used are refused, and nothing changes. */
@WithGateway
class BadRequestIT {

  private static final String ACCRUALS = "/v1/accruals";
  private static final String MEMBER = "m";

  private final Chain chain;
  private final Caller admin;

  BadRequestIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void answers_names_and_values_that_are_no_text() {
    String order = chain.order(MEMBER, 100).put("x", "y").encode();

    assertThat(send(admin, ACCRUALS, order.replace("\"x\"", "\"\\ud800\"")).status())
        .isIn(400, 422);
    send(admin, ACCRUALS, order.replace("\"y\"", "\"\\ud800\"")).isInvalid("/x");
    send(admin, ACCRUALS, order.replace("\"x\":\"y\"", "\"terminalId\":\"\\u0000\""))
        .isInvalid("/terminalId");
    nothingChanged();
  }

  @Test
  void names_no_more_than_twenty_errors_and_no_more_of_a_strange_name_than_its_beginning() {
    var many = new JsonObject();
    for (int i = 0; i < 20_000; i++) {
      many.put("f" + i, 0);
    }
    Answer answer = admin.breaking().post(ACCRUALS, many);
    assertThat(answer.json(422).getJsonArray("errors")).hasSize(20);
    assertThat(answer.body().length()).isLessThan(4_000);

    JsonObject order = chain.order(MEMBER, 100).put("长".repeat(10_000), 1);
    admin.breaking().post(ACCRUALS, order).isInvalid("/" + "长".repeat(64) + "…");
    order = chain.order(MEMBER, 100).put("a\u0000/\ud800", 1);
    admin.breaking().post(ACCRUALS, order).isInvalid("/a?~1?");
    String query = "?" + "x~/%00".repeat(200) + "&y".repeat(300) + "=1";
    assertThat(admin.breaking().get("/v1/stores" + query).body().length()).isLessThan(4_000);
    nothingChanged();
  }

  @Test
  void answers_a_line_with_a_key_that_is_no_text() {
    List<String> keys = List.of("\"\\ud800\"", "\"" + "k".repeat(60_000) + "\"", "7", "null");
    for (String key : keys) {
      String line = "{\"type\":\"accrual\",\"key\":" + key + "}";
      List<JsonObject> answers = new BatchCaller(admin).sendText(line);
      assertThat(answers).hasSize(1);
      assertThat(BatchCaller.code(answers.get(0))).isEqualTo("400 idempotency_key_invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{\"a\":1} x",
        "{'a':1}",
        "{\"a\":NaN}"
      })
  void refuses_a_body_that_is_not_a_json_object(String body) {
    send(admin.breaking(), ACCRUALS, body).isProblem(400, "invalid_json");
  }

  @Test
  void refuses_json_with_huge_nesting_or_numbers() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    String digits = "9".repeat(5_000);

    assertThat(send(admin.breaking(), ACCRUALS, order("amount", digits)).status()).isIn(400, 422);
    assertThat(send(admin.breaking(), ACCRUALS, order("lines", deep)).status()).isIn(400, 422);
    nothingChanged();
  }

  @Test
  void takes_a_body_of_256_kib_and_refuses_one_byte_more() {
    String order = chain.order("large", 100).encode();
    int room = 256 * 1024 - order.length();
    assertThat(send(admin, ACCRUALS, order + " ".repeat(room)).status()).isEqualTo(201);

    order = chain.order(MEMBER, 100).encode();
    room = 256 * 1024 - order.length();
    send(admin, ACCRUALS, order + " ".repeat(room + 1)).isProblem(413, "body_too_large");
    nothingChanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/merge-patch+json",
        "nonsense",
      })
  void refuses_another_content_type(String type) {
    send(admin.breaking().with("Content-Type", type), ACCRUALS, chain.order(MEMBER, 1).encode())
        .isProblem(415, "unsupported_media_type");
    nothingChanged();
  }

  @Test
  void takes_json_with_any_parameters() {
    Caller caller = admin.with("Content-Type", "Application/JSON; charset=utf-8");

    assertThat(send(caller, ACCRUALS, chain.order("typed", 1).encode()).status()).isEqualTo(201);
  }

  @Test
  void refuses_a_write_without_a_usable_key() {
    JsonObject order = chain.order(MEMBER, 100);

    admin.breaking().postPlain(ACCRUALS, order).isProblem(400, "idempotency_key_missing");
    admin.breaking().post(ACCRUALS, "two words", order).isProblem(400, "idempotency_key_invalid");
    admin
        .breaking()
        .post(ACCRUALS, "k".repeat(256), order)
        .isProblem(400, "idempotency_key_invalid");
    nothingChanged();
    admin.post(ACCRUALS, "k".repeat(255), chain.order("keyed", 100)).json(201);
  }

  @Test
  void refuses_parameters_that_a_call_does_not_have() {
    admin
        .breaking()
        .post(ACCRUALS + "?dryRun=true", chain.order(MEMBER, 1))
        .isProblem(400, "invalid_query");
    for (String path : new String[] {"/v1/program", "/v1/members/m", "/v1/transactions/m-1"}) {
      admin.breaking().get(path + "?x=1").isProblem(400, "invalid_query");
    }
    admin.breaking().get("/v1/stores?limit=1&limit=2").isProblem(400, "invalid_query");
    nothingChanged();
  }

  private String order(String field, String value) {
    return AsWritten.encode(AsWritten.put(chain.order(MEMBER, 100), field, value));
  }

  private static Answer send(Caller caller, String path, String body) {
    return caller.with("Idempotency-Key", Caller.newKey()).send("POST", path, body);
  }

  private void nothingChanged() {
    assertThat(chain.entries(MEMBER)).isZero();
  }
}
