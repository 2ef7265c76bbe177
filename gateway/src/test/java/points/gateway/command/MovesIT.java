package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** A sale that was booked on the wrong member goes to the one who bought, once and whole. */
@WithGateway
class MovesIT {

  private final Chain chain;
  private final Caller admin;

  MovesIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    admin
        .put(
            "/v1/program",
            Chain.rules()
                .put("growth", new JsonObject().put("earning", Chain.earning(1, 10, "floor"))))
        .json(200);
  }

  private static String path(String transactionId) {
    return "/v1/transactions/" + transactionId + "/move";
  }

  private static JsonObject to(String member) {
    return new JsonObject().put("memberId", member);
  }

  private JsonObject refund(JsonObject order, String refundId) {
    return new JsonObject()
        .put("storeId", Chain.STORE)
        .put("orderId", order.getString("orderId"))
        .put("refundId", refundId);
  }

  private void areProven(String... members) {
    for (String member : members) {
      assertThat(admin.get("/v1/members/" + member + "/proof").json(200).getBoolean("holds"))
          .as(member)
          .isTrue();
    }
  }

  private List<String> kinds(String member) {
    return admin.get("/v1/members/" + member + "/entries").items().stream()
        .map(it -> it.getString("kind"))
        .toList();
  }

  @Test
  void points_growth_payment_and_expiry_go_over_under_the_same_order() {
    String wrong = chain.memberWith(30);
    String right = chain.memberWith(50);
    chain.topUp(wrong, 2_000);
    chain.topUp(right, 2_000);
    JsonObject order =
        chain
            .order(wrong, 10_000)
            .put("occurredAt", Instant.now().minus(40, ChronoUnit.DAYS).toString())
            .put("pay", new JsonObject().put("points", 20).put("storedValue", 500))
            .put("lines", Chain.lines(Chain.line("a", 6_000), Chain.line("b", 4_000)));
    Answer first = admin.post("/v1/accruals", order);
    JsonObject sale = first.json(201);
    String expiresAt = sale.getJsonArray("lots").getJsonObject(0).getString("expiresAt");

    String key = Caller.newKey();
    Answer moved = admin.post(path(sale.getString("transactionId")), key, to(right));
    Answer again = admin.post(path(sale.getString("transactionId")), Caller.newKey(), to(right));

    JsonObject answer = moved.json(201);
    assertThat(answer.getString("moved")).isEqualTo(sale.getString("transactionId"));
    assertThat(answer.getLong("points")).isEqualTo(100);
    assertThat(answer.getLong("paid")).isEqualTo(20);
    assertThat(answer.getLong("balance")).isEqualTo(30);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(moved.body());
    JsonObject before = chain.balance(wrong);
    assertThat(before.getLong("available")).isEqualTo(30);
    assertThat(before.getLong("lifetimeEarned")).isEqualTo(30);
    assertThat(before.getLong("lifetimeSpent")).isZero();
    assertThat(before.getJsonObject("storedValue").getLong("available")).isEqualTo(2_000);
    JsonObject after = chain.balance(right);
    assertThat(after.getLong("available")).isEqualTo(50 - 20 + 100);
    assertThat(after.getLong("lifetimeEarned")).isEqualTo(150);
    assertThat(after.getLong("lifetimeSpent")).isEqualTo(20);
    assertThat(after.getJsonObject("storedValue").getLong("available")).isEqualTo(1_500);
    assertThat(after.getJsonObject("nextExpiry").getString("expiresAt")).isEqualTo(expiresAt);
    areProven(wrong, right);

    Answer sale2 = admin.post("/v1/accruals", order);
    assertThat(sale2.body()).isEqualTo(first.body());
    assertThat(sale2.header("Transaction-Undone")).isEqualTo("moved");
    assertThat(
            admin
                .get("/v1/transactions/" + sale.getString("transactionId"))
                .json(200)
                .getJsonObject("undone")
                .getJsonArray("by"))
        .containsExactly(answer.getString("transactionId"));
  }

  @Test
  void a_refund_of_the_order_works_on_the_new_member() {
    String wrong = chain.memberWith(30);
    String right = chain.memberWith(50);
    JsonObject order =
        chain
            .order(wrong, 10_000)
            .put("pay", new JsonObject().put("points", 20))
            .put("lines", Chain.lines(Chain.line("a", 6_000), Chain.line("b", 4_000)));
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    admin.post(path(sale), to(right)).json(201);

    JsonObject part =
        admin
            .post(
                "/v1/refunds",
                refund(order, "R1")
                    .put("lines", new JsonArray().add(new JsonObject().put("lineId", "a"))))
            .json(201);
    JsonObject rest = admin.post("/v1/refunds", refund(order, "R2")).json(201);

    assertThat(part.getString("memberId")).isEqualTo(right);
    assertThat(part.getLong("pointsTakenBack")).isEqualTo(60);
    assertThat(part.getLong("pointsGivenBack")).isEqualTo(12);
    assertThat(rest.getBoolean("whole")).isTrue();
    assertThat(chain.balance(right).getLong("available")).isEqualTo(50);
    assertThat(chain.balance(wrong).getLong("available")).isEqualTo(30);
    areProven(wrong, right);
  }

  @Test
  void a_refund_of_a_part_that_was_never_sold_is_refused_for_good_after_a_move() {
    String right = chain.memberWith(1);
    JsonObject order = chain.order(chain.memberWith(1), 10_000);
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    admin.post(path(sale), to(right)).json(201);

    admin
        .post("/v1/refunds", refund(order, "R1").put("orderPart", "topUp"))
        .isProblem(404, "order_not_found");
  }

  @Test
  void pending_points_stay_pending_and_a_moved_sale_can_be_moved_on() {
    String wrong = chain.memberWith(1);
    String between = chain.memberWith(1);
    String right = chain.memberWith(1);
    JsonObject order = chain.order(wrong, 10_000).put("pending", new JsonObject());
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");

    admin.post(path(sale), to(between)).json(201);
    String there = between + "-2";
    admin.post(path(there), to(right)).json(201);

    assertThat(chain.balance(wrong).getLong("pending")).isZero();
    assertThat(chain.balance(between).getLong("pending")).isZero();
    assertThat(chain.balance(right).getLong("pending")).isEqualTo(100);
    admin.post("/v1/pending/" + right + "-2/activate", new JsonObject()).json(200);
    assertThat(chain.balance(right).getLong("available")).isEqualTo(101);
    assertThat(chain.balance(right).getLong("growth")).isEqualTo(1_010);
    areProven(wrong, between, right);
    admin
        .post(path(there), to(wrong))
        .isProblem(409, "order_already_processed"); // elsewhere than the first time
    admin.post("/v1/refunds", refund(order, "R1")).json(201);
    assertThat(chain.balance(right).getLong("available")).isEqualTo(1);
  }

  @Test
  void a_sale_that_is_spent_refunded_or_reversed_stays() {
    String right = chain.memberWith(1);
    String spent = chain.newId("spent-");
    String sale = chain.earn(spent, 10_000).getString("transactionId");
    admin.post("/v1/deductions", Chain.spending(spent, 1)).json(201);
    isNotMovable(sale, right, "spent");

    String refunded = chain.newId("refunded-");
    JsonObject order = chain.order(refunded, 10_000);
    String back = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    admin.post("/v1/refunds", refund(order, "R1").put("amount", 100)).json(201);
    isNotMovable(back, right, "refunded");

    String reversed = chain.earn(chain.newId("reversed-"), 100).getString("transactionId");
    JsonObject why = new JsonObject().put("operator", "Li").put("reason", "wrong");
    admin.post("/v1/reversals", why.copy().put("transactionId", reversed)).json(201);
    isNotMovable(reversed, right, "reversed");

    String topUp = chain.topUp(chain.newId("top-"), 100).getString("transactionId");
    isNotMovable(topUp, right, "kind");

    String late = chain.newId("late-");
    Instant longAgo = Instant.now().minus(400, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    JsonObject gone = chain.order(late, 10_000).put("occurredAt", longAgo.toString());
    isNotMovable(
        admin.post("/v1/accruals", gone).json(201).getString("transactionId"), right, "expired");

    String moved = chain.earn(chain.newId("moved-"), 100).getString("transactionId");
    admin.post(path(moved), to(right)).json(201);
    admin
        .post("/v1/reversals", why.copy().put("transactionId", moved))
        .isProblem(409, "not_reversible");
    assertThat(chain.balance(right).getLong("available")).isEqualTo(2);
  }

  private void isNotMovable(String sale, String right, String because) {
    JsonObject problem = admin.post(path(sale), to(right)).isProblem(409, "not_movable");
    assertThat(problem.getString("because")).isEqualTo(because);
  }

  @Test
  void a_member_unable_to_have_or_pay_the_sale_is_named_and_nothing_changes() {
    String wrong = chain.memberWith(30);
    String poor = chain.memberWith(5);
    JsonObject order = chain.order(wrong, 10_000).put("pay", new JsonObject().put("points", 20));
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");

    admin.post(path(sale), to(poor)).isProblem(409, "insufficient_points");
    admin.post(path(sale), to("nobody")).isProblem(404, "member_not_found");
    admin.post(path(sale), to(wrong)).isInvalid("/memberId");
    admin.breaking().post(path(sale), new JsonObject()).isInvalid("/memberId");
    admin.post(path(wrong + "-77"), to(poor)).isProblem(404, "transaction_not_found");
    chain.store("S9");
    chain.key("store", "S9").post(path(sale), to(poor)).isProblem(403, "store_out_of_scope");

    assertThat(kinds(wrong)).doesNotContain("move_out");
    assertThat(chain.balance(wrong).getLong("available")).isEqualTo(110);
  }

  @Test
  void a_sale_that_would_take_the_other_beyond_the_limit_of_a_balance_never_leaves() {
    String wrong = chain.memberWith(1);
    String rich = chain.memberWith(1);
    long most = 1_000_000_000_000_000L;
    admin.post("/v1/adjustments", Chain.adjustment(rich, most - 1)).json(201);
    String sale = chain.earn(wrong, 10_000).getString("transactionId");

    admin.post(path(sale), to(rich)).isProblem(409, "balance_limit_exceeded");

    assertThat(kinds(wrong)).containsExactly("accrual", "accrual");
    assertThat(chain.balance(rich).getLong("available")).isEqualTo(most);
  }

  @Test
  void a_pending_sale_never_leaves_for_a_member_with_too_many_reservations() {
    String wrong = chain.memberWith(1);
    String full = chain.memberWith(1);
    for (int i = 0; i < 100; i++) {
      admin.post("/v1/accruals", chain.order(full, 100).put("pending", new JsonObject())).json(201);
    }
    JsonObject order = chain.order(wrong, 10_000).put("pending", new JsonObject());
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    String plain = chain.earn(wrong, 10_000).getString("transactionId");

    admin.post(path(sale), to(full)).isProblem(409, "too_much_set_aside");
    assertThat(kinds(wrong)).doesNotContain("move_out");
    admin.post(path(plain), to(full)).json(201);
    assertThat(chain.balance(full).getLong("available")).isEqualTo(101);
  }

  @Test
  void a_sale_moves_after_its_refunds_were_reversed() {
    String wrong = chain.memberWith(1);
    String right = chain.memberWith(1);
    JsonObject order = chain.order(wrong, 10_000).put("pending", new JsonObject());
    String sale = admin.post("/v1/accruals", order).json(201).getString("transactionId");
    String part =
        admin
            .post("/v1/refunds", refund(order, "R1").put("amount", 4_000))
            .json(201)
            .getString("transactionId");
    isNotMovable(sale, right, "refunded");
    JsonObject why = new JsonObject().put("operator", "Li").put("reason", "wrong");
    admin.post("/v1/reversals", why.put("transactionId", part)).json(201);

    admin.post(path(sale), to(right)).json(201);

    assertThat(chain.balance(wrong).getLong("available")).isEqualTo(1);
    assertThat(chain.balance(wrong).getLong("pending")).isZero();
    assertThat(chain.balance(right).getLong("pending")).isEqualTo(100);
    areProven(wrong, right);
  }

  @Test
  void a_sale_that_repaid_a_debt_leaves_the_debt_and_brings_all_its_points() {
    String wrong = chain.newId("debtor-");
    JsonObject first = chain.order(wrong, 5_000);
    admin.post("/v1/accruals", first).json(201);
    admin.post("/v1/deductions", Chain.spending(wrong, 50)).json(201);
    admin.post("/v1/refunds", refund(first, "R1")).json(201);
    assertThat(chain.balance(wrong).getLong("debt")).isEqualTo(50);
    String sale = chain.earn(wrong, 8_000).getString("transactionId");
    String right = chain.memberWith(1);

    admin.post(path(sale), to(right)).json(201);

    assertThat(chain.balance(wrong).getLong("debt")).isEqualTo(50);
    assertThat(chain.balance(wrong).getLong("available")).isZero();
    assertThat(chain.balance(right).getLong("available")).isEqualTo(81);
    areProven(wrong, right);
  }

  @Test
  void is_a_line_of_a_batch_too() throws Exception {
    String wrong = chain.newId("wrong-");
    String sale = chain.earn(wrong, 1_000).getString("transactionId");
    String right = chain.memberWith(1);
    JsonObject line =
        to(right).put("type", "move").put("key", Caller.newKey()).put("transactionId", sale);

    JsonObject answer = new BatchCaller(admin).send(line).get(0);

    assertThat(answer.getInteger("status")).isEqualTo(201);
    assertThat(chain.balance(right).getLong("available")).isEqualTo(11);
    assertThat(kinds(wrong)).containsExactly("move_out", "accrual");
    assertThat(kinds(right)).containsExactly("move_in", "accrual");
  }
}
