package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
class DeductionsIT {

  private static final String DEDUCTIONS = "/v1/deductions";

  private final Chain chain;
  private final Caller admin;

  DeductionsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void takes_the_lot_that_expires_first() {
    earnDaysAgo("fefo", 5, 10);
    earnDaysAgo("fefo", 30, 20);
    earnDaysAgo("fefo", 60, 40);

    JsonObject answer = admin.post(DEDUCTIONS, Chain.spending("fefo", 50)).json(201);

    assertThat(answer.getLong("points")).isEqualTo(50);
    assertThat(answer.getLong("balance")).isEqualTo(20);
    JsonArray lots = answer.getJsonArray("lots");
    assertThat(points(lots)).containsExactly(40L, 10L);
    JsonArray rest = admin.get("/v1/members/fefo/lots").json(200).getJsonArray("items");
    assertThat(points(rest)).containsExactly(10L, 10L);
    assertThat(rest.getJsonObject(0).getString("expiresAt"))
        .isEqualTo(lots.getJsonObject(1).getString("expiresAt"));
  }

  private void earnDaysAgo(String member, int days, long points) {
    String when = Instant.now().minus(days, ChronoUnit.DAYS).toString();
    JsonObject order = chain.order(member, points * 100).put("occurredAt", when);
    admin.post("/v1/accruals", order).json(201);
  }

  private static List<Long> points(JsonArray lots) {
    return lots.stream().map(lot -> ((JsonObject) lot).getLong("points")).toList();
  }

  @Test
  void answers_with_all_that_was_spent() {
    String member = chain.memberWith(100);
    JsonObject wanted = Chain.spending(member, 30).put("orderId", "O-1").put("terminalId", "T1");

    JsonObject answer = admin.post(DEDUCTIONS, wanted).json(201);

    answer.remove("recordedAt");
    answer.remove("lots");
    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .put("transactionId", member + "-2")
                .put("memberId", member)
                .put("storeId", "S1")
                .put("orderId", "O-1")
                .put("sequence", 2)
                .put("points", 30)
                .put("balance", 70)
                .put("reason", "a coffee"));
  }

  @Test
  void refuses_more_than_there_is_and_says_how_much_that_is() {
    String member = chain.memberWith(10);

    JsonObject problem =
        admin.post(DEDUCTIONS, Chain.spending(member, 11)).isProblem(409, "insufficient_points");

    assertThat(problem.getLong("available")).isEqualTo(10);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(10);
    assertThat(chain.entries(member)).isEqualTo(1);
    assertThat(admin.post(DEDUCTIONS, Chain.spending(member, 10)).json(201).getLong("balance"))
        .isZero();
  }

  @Test
  void lets_a_refused_deduction_come_again_under_the_same_key() {
    String member = chain.memberWith(10);
    String key = Caller.newKey();
    admin.post(DEDUCTIONS, key, Chain.spending(member, 15)).isProblem(409, "insufficient_points");
    chain.earn(member, 1000);

    Answer answer = admin.post(DEDUCTIONS, key, Chain.spending(member, 15));

    assertThat(answer.json(201).getLong("balance")).isEqualTo(5);
    assertThat(answer.isReplay()).isFalse();
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    Answer first = admin.post(DEDUCTIONS, key, Chain.spending(member, 60));

    Answer again = admin.post(DEDUCTIONS, key, Chain.spending(member, 60));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.balance(member).getLong("available")).isEqualTo(40);
  }

  @Test
  void takes_two_deductions_that_name_no_order_for_two() {
    String member = chain.memberWith(100);

    admin.post(DEDUCTIONS, Chain.spending(member, 10)).json(201);
    admin.post(DEDUCTIONS, Chain.spending(member, 10)).json(201);

    assertThat(chain.balance(member).getLong("available")).isEqualTo(80);
  }

  @Test
  void deducts_once_per_order_under_any_key() {
    String member = chain.memberWith(100);
    JsonObject wanted = Chain.spending(member, 10).put("orderId", "once");
    Answer first = admin.post(DEDUCTIONS, wanted);

    Answer again = admin.post(DEDUCTIONS, wanted);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin
        .post(DEDUCTIONS, wanted.copy().put("points", 11))
        .isProblem(409, "order_already_processed");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(90);
  }

  @Test
  void lets_an_order_earn_and_spend() {
    String member = chain.memberWith(100);
    JsonObject order = chain.order(member, 1000);

    admin.post("/v1/accruals", order).json(201);
    admin
        .post(DEDUCTIONS, Chain.spending(member, 10).put("orderId", order.getString("orderId")))
        .json(201);

    assertThat(chain.balance(member).getLong("available")).isEqualTo(100);
  }

  @Test
  void refuses_a_key_that_stands_for_something_else() {
    String member = chain.memberWith(100);
    String key = Caller.newKey();
    admin.post(DEDUCTIONS, key, Chain.spending(member, 10)).json(201);

    admin
        .post(DEDUCTIONS, key, Chain.spending(member, 20))
        .isProblem(422, "idempotency_key_reused");
    admin
        .post("/v1/accruals", key, chain.order(member, 100))
        .isProblem(422, "idempotency_key_reused");

    assertThat(chain.entries(member)).isEqualTo(2);
  }

  @Test
  void never_enrols() {
    admin.post(DEDUCTIONS, Chain.spending("stranger", 1)).isProblem(404, "member_not_found");
    admin.post(DEDUCTIONS, Chain.spending("stranger", 1)).isProblem(404, "member_not_found");

    chain.earn("stranger", 500);

    admin.post(DEDUCTIONS, Chain.spending("stranger", 5)).json(201);
  }

  @Test
  void refuses_a_store_that_the_program_does_not_have() {
    String member = chain.memberWith(10);

    admin
        .post(DEDUCTIONS, Chain.spending(member, 1).put("storeId", "nowhere"))
        .isProblem(422, "unknown_store");

    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "memberId, ''",
    "storeId, a b",
    "terminalId, ''",
    "orderId, ä",
    "reason, ''",
    "color, red",
  })
  void names_the_field_that_is_wrong(String field, String value) {
    String member = chain.memberWith(10);

    admin
        .breaking()
        .post(DEDUCTIONS, Chain.spending(member, 1).put(field, value))
        .isInvalid("/" + field);

    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1000000000000001"})
  void takes_whole_points_in_range_only(long points) {
    String member = chain.memberWith(10);

    admin.breaking().post(DEDUCTIONS, Chain.spending(member, points)).isInvalid("/points");

    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void takes_a_reason_of_five_hundred_characters_in_any_script() {
    String member = chain.memberWith(10);

    admin.post(DEDUCTIONS, Chain.spending(member, 1).put("reason", "咖".repeat(500))).json(201);
    admin.post(DEDUCTIONS, Chain.spending(member, 1).put("reason", "☕🎉")).json(201);
    admin
        .breaking()
        .post(DEDUCTIONS, Chain.spending(member, 1).put("reason", "x".repeat(501)))
        .isInvalid("/reason");
  }
}
