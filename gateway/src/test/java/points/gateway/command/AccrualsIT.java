package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.Chain.line;
import static points.gateway.fixture.Chain.lines;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
class AccrualsIT {

  private static final String ACCRUALS = "/v1/accruals";
  private static final String PREVIEW = "/v1/accruals/preview";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  AccrualsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @ParameterizedTest
  @CsvSource({
    "floor, 199, 1",
    "floor, 99, 0",
    "ceiling, 101, 2",
    "ceiling, 100, 1",
    "halfUp, 149, 1",
    "halfUp, 150, 2",
    "halfUp, 250, 3",
    "halfEven, 250, 2",
    "halfEven, 350, 4",
  })
  void rounds_once_per_order_as_the_program_says(String rounding, long amount, long points) {
    Chain other = Chain.open(gateway, "rounding");
    JsonObject rules = Chain.rules().put("earning", Chain.earning(1, 100, rounding));
    other.admin().put("/v1/program", rules).json(200);
    JsonObject order =
        other
            .order("m", amount)
            .put("lines", lines(line("a", amount / 2), line("b", amount - amount / 2)));

    JsonObject answer = other.admin().post(ACCRUALS, order).json(201);

    assertThat(answer.getLong("points")).isEqualTo(points);
    assertThat(answer.getLong("balance")).isEqualTo(points);
  }

  @Test
  void answers_with_all_that_the_order_earned() {
    JsonObject order =
        chain
            .order("complete", 12850)
            .put("terminalId", "T1")
            .put("occurredAt", "2026-11-22T18:30:00.123456789+08:00");

    JsonObject answer = admin.post(ACCRUALS, order).json(201);

    answer.remove("recordedAt");
    assertThat(answer)
        .isEqualTo(
            new JsonObject()
                .put("transactionId", "complete-1")
                .put("memberId", "complete")
                .put("storeId", "S1")
                .put("orderId", order.getString("orderId"))
                .put("sequence", 1)
                .put("points", 128)
                .put("balance", 128)
                .put(
                    "lots",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("expiresAt", "2027-11-22T16:00:00Z")
                                .put("points", 128)))
                .put("lines", new JsonArray())
                .put("occurredAt", "2026-11-22T10:30:00.123456Z"));
  }

  @Test
  void shares_the_points_over_the_lines_by_largest_remainder() {
    JsonObject order =
        chain
            .order("shares", 1000)
            .put("lines", lines(line("a", 333), line("b", 333), line("c", 334), line("d", 0)));

    JsonObject answer = admin.post(ACCRUALS, order).json(201);

    assertThat(answer.getLong("points")).isEqualTo(10);
    assertThat(linesOf(answer))
        .extracting(it -> it.getString("lineId"))
        .containsExactly("a", "b", "c", "d");
    assertThat(linesOf(answer))
        .extracting(it -> it.getLong("points"))
        .containsExactly(3L, 3L, 4L, 0L);
  }

  @Test
  void says_of_each_line_what_was_sold_in_the_answer_the_history_and_the_order() {
    JsonObject milk = line("1", 9900).put("productId", "P-1001").put("quantity", 2);
    JsonObject order =
        chain
            .order("sold", 12_850)
            .put("lines", lines(milk.put("category", "dairy"), line("2", 2950)));

    String first = admin.post(ACCRUALS, order).body();

    var sold =
        new JsonArray(
            """
            [{"lineId":"1","productId":"P-1001","category":"dairy","quantity":2,"amount":9900,
              "points":99},
             {"lineId":"2","productId":"P1","quantity":1,"amount":2950,"points":29}]
            """);
    String byOrder = "/v1/transactions?storeId=S1&orderId=" + order.getString("orderId");
    assertThat(new JsonObject(first).getJsonArray("lines")).isEqualTo(sold);
    assertThat(admin.get("/v1/transactions/sold-1").json(200).getJsonArray("lines"))
        .isEqualTo(sold);
    assertThat(admin.get(byOrder).items().get(0).getJsonArray("lines")).isEqualTo(sold);
    assertThat(admin.get("/v1/members/sold/entries").items().get(0).getJsonArray("lines"))
        .isEqualTo(sold);
    assertThat(admin.post(ACCRUALS, order).body()).as("the replay").isEqualTo(first);
  }

  private static List<JsonObject> linesOf(JsonObject answer) {
    return answer.getJsonArray("lines").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void records_an_order_that_is_worth_nothing() {
    JsonObject order = chain.order("nothing", 0).put("lines", lines(line("a", 0), line("b", 0)));

    JsonObject answer = admin.post(ACCRUALS, order).json(201);

    assertThat(answer.getLong("points")).isZero();
    assertThat(answer.getJsonArray("lots")).isEmpty();
    assertThat(answer.getJsonArray("lines")).hasSize(2);
    assertThat(chain.entries("nothing")).isEqualTo(1);
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    JsonObject order = chain.order("again", 777).put("lines", lines(line("a", 700), line("b", 77)));
    String key = Caller.newKey();
    Answer first = admin.post(ACCRUALS, key, order);
    chain.earn("again", 1000); // the balance has moved on

    Answer again = admin.post(ACCRUALS, key, order);

    assertThat(first.isReplay()).isFalse();
    assertThat(again.isReplay()).isTrue();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.entries("again")).isEqualTo(2);
  }

  @Test
  void gives_the_first_answer_again_after_a_restart() {
    JsonObject order = chain.order("restart", 777).put("lines", lines(line("a", 777)));
    String key = Caller.newKey();
    Answer first = admin.post(ACCRUALS, key, order);

    gateway.restart();
    Answer again = admin.post(ACCRUALS, key, order);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.balance("restart").getLong("available")).isEqualTo(7);
  }

  @Test
  void gives_the_first_answer_again_to_the_same_order_under_another_key() {
    JsonObject order = chain.order("other-key", 500);
    Answer first = admin.post(ACCRUALS, order);

    Answer again = admin.post(ACCRUALS, order);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(chain.entries("other-key")).isEqualTo(1);
  }

  @Test
  void refuses_a_key_that_stands_for_another_order() {
    String key = Caller.newKey();
    admin.post(ACCRUALS, key, chain.order("reused", 500)).json(201);

    admin.post(ACCRUALS, key, chain.order("reused", 500)).isProblem(422, "idempotency_key_reused");

    assertThat(chain.entries("reused")).isEqualTo(1);
  }

  @Test
  void refuses_an_order_that_comes_with_another_content() {
    JsonObject order = chain.order("content", 500);
    admin.post(ACCRUALS, order).json(201);

    admin.post(ACCRUALS, order.copy().put("amount", 501)).isProblem(409, "order_already_processed");

    assertThat(chain.entries("content")).isEqualTo(1);
  }

  @Test
  void refuses_an_order_that_comes_with_another_member() {
    JsonObject order = chain.order("first-member", 500);
    admin.post(ACCRUALS, order).json(201);

    admin
        .post(ACCRUALS, order.copy().put("memberId", "second-member"))
        .isProblem(409, "order_already_processed");

    assertThat(chain.entries("second-member")).isZero();
  }

  @Test
  void takes_the_same_order_number_of_another_store() {
    chain.store("S2");
    JsonObject order = chain.order("two-stores", 500);
    admin.post(ACCRUALS, order).json(201);

    admin.post(ACCRUALS, order.copy().put("storeId", "S2")).json(201);

    assertThat(chain.balance("two-stores").getLong("available")).isEqualTo(10);
  }

  @Test
  void previews_the_numbers_of_the_accrual_and_writes_nothing() {
    String member = chain.memberWith(7);
    JsonObject order =
        chain.order(member, 1000).put("lines", lines(line("a", 333), line("b", 667)));

    JsonObject preview = admin.postPlain(PREVIEW, order).json(200);
    assertThat(chain.entries(member)).isEqualTo(1);
    JsonObject accrual = admin.post(ACCRUALS, order).json(201);

    for (String earned : List.of("transactionId", "sequence", "recordedAt")) {
      accrual.remove(earned);
    }
    assertThat(preview).isEqualTo(accrual);
  }

  @Test
  void previews_for_a_member_that_is_not_enrolled_yet() {
    assertThat(admin.postPlain(PREVIEW, chain.order("stranger", 900)).json(200).getLong("balance"))
        .isEqualTo(9);

    admin.get("/v1/members/stranger").isProblem(404, "member_not_found");
  }

  @Test
  void refuses_an_accrual_past_the_limit_of_a_balance() {
    Chain rich = Chain.open(gateway, "rich");
    rich.admin()
        .put("/v1/program", Chain.rules().put("earning", Chain.earning(2, 1, "floor")))
        .json(200);
    rich.admin().post(ACCRUALS, rich.order("m", 500_000_000_000_000L)).json(201);

    rich.admin().post(ACCRUALS, rich.order("m", 1)).isProblem(409, "balance_limit_exceeded");
    rich.admin().postPlain(PREVIEW, rich.order("m", 1)).isProblem(409, "balance_limit_exceeded");
    rich.admin()
        .post(ACCRUALS, rich.order("n", 1_000_000_000_000_000L))
        .isProblem(409, "balance_limit_exceeded");

    assertThat(rich.balance("m").getLong("available")).isEqualTo(1_000_000_000_000_000L);
    assertThat(rich.entries("n")).isZero();
  }

  @Test
  void enrols_an_unknown_member_only_when_the_program_says_so() {
    Chain closed = Chain.open(gateway, "closed");
    closed.admin().put("/v1/program", Chain.rules().put("autoEnrol", false)).json(200);

    closed.admin().post(ACCRUALS, closed.order("stranger", 100)).isProblem(404, "member_not_found");
    closed
        .admin()
        .postPlain(PREVIEW, closed.order("stranger", 100))
        .isProblem(404, "member_not_found");
    closed.admin().post("/v1/members", new JsonObject().put("memberId", "stranger")).json(201);

    closed.admin().post(ACCRUALS, closed.order("stranger", 100)).json(201);
  }
}
