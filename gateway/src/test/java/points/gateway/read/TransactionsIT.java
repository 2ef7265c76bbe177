package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** A till's way out of doubt. */
@WithGateway
class TransactionsIT {

  private final Chain chain;
  private final Caller admin;

  TransactionsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void finds_a_transaction_by_its_id_and_by_its_order() {
    JsonObject order = chain.order("till", 500);
    JsonObject earned = admin.post("/v1/accruals", order).json(201);
    String orderId = order.getString("orderId");
    JsonObject spending = Chain.spending("till", 2).put("orderId", orderId);
    JsonObject spent = admin.post("/v1/deductions", spending).json(201);

    List<JsonObject> found = admin.get("/v1/transactions?storeId=S1&orderId=" + orderId).items();

    assertThat(found.stream().map(t -> t.getString("transactionId")))
        .containsExactly(earned.getString("transactionId"), spent.getString("transactionId"));
    for (JsonObject transaction : found) {
      String id = transaction.getString("transactionId");
      assertThat(admin.get("/v1/transactions/" + id).json(200)).isEqualTo(transaction);
      assertThat(transaction.getString("memberId")).isEqualTo("till");
    }
    assertThat(admin.get("/v1/transactions?storeId=S1&orderId=none").items()).isEmpty();
    assertThat(admin.get("/v1/transactions?storeId=none&orderId=" + orderId).items()).isEmpty();
  }

  private JsonObject refund(JsonObject order, String refundId, @Nullable Long amount) {
    JsonObject wanted =
        new JsonObject()
            .put("storeId", Chain.STORE)
            .put("orderId", order.getString("orderId"))
            .put("refundId", refundId);
    return admin
        .post("/v1/refunds", amount == null ? wanted : wanted.put("amount", amount))
        .json(201);
  }

  private JsonObject reverse(JsonObject transaction) {
    JsonObject wanted =
        new JsonObject()
            .put("transactionId", transaction.getString("transactionId"))
            .put("operator", "Li Lei")
            .put("reason", "by mistake");
    return admin.post("/v1/reversals", wanted).json(201);
  }

  /** Sends an order again: the first answer, with what has become of it. */
  private void isUndone(Answer first, JsonObject order, @Nullable String how, JsonObject... by) {
    Answer again = admin.post("/v1/accruals", order);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.isReplay()).isTrue();
    assertThat(again.header("Transaction-Undone")).isEqualTo(how);
    String id = first.json(201).getString("transactionId");
    JsonObject undone = admin.get("/v1/transactions/" + id).json(200).getJsonObject("undone");
    if (how == null) {
      assertThat(undone).isNull();
    } else {
      var ids = new JsonArray();
      List.of(by).forEach(it -> ids.add(it.getString("transactionId")));
      assertThat(undone).isEqualTo(new JsonObject().put("how", how).put("by", ids));
    }
    JsonObject found =
        admin
            .get("/v1/transactions?storeId=S1&orderId=" + order.getString("orderId"))
            .items()
            .get(0);
    assertThat(found.getJsonObject("undone")).isEqualTo(undone);
  }

  @Test
  void the_replay_of_a_refunded_order_names_its_refunds() {
    JsonObject order = chain.order("undone-1", 10_000);
    Answer first = admin.post("/v1/accruals", order);
    isUndone(first, order, null);

    JsonObject part = refund(order, "R1", 4_000L);
    isUndone(first, order, "partly-refunded", part);
    JsonObject rest = refund(order, "R2", null);
    isUndone(first, order, "refunded", part, rest);

    JsonObject mistake = reverse(rest);
    isUndone(first, order, "partly-refunded", part);
    JsonObject again = admin.get("/v1/transactions/" + rest.getString("transactionId")).json(200);
    assertThat(again.getJsonObject("undone").getJsonArray("by"))
        .containsExactly(mistake.getString("transactionId"));
    Answer refunded =
        admin.post(
            "/v1/refunds",
            new JsonObject()
                .put("storeId", Chain.STORE)
                .put("orderId", order.getString("orderId"))
                .put("refundId", "R2"));
    assertThat(refunded.json(201)).isEqualTo(rest);
    assertThat(refunded.header("Transaction-Undone")).isEqualTo("reversed");
  }

  @Test
  void the_replay_of_a_reversed_or_cancelled_order_says_so() {
    JsonObject order = chain.order("undone-2", 10_000);
    Answer first = admin.post("/v1/accruals", order);
    JsonObject reversal = reverse(first.json(201));
    isUndone(first, order, "reversed", reversal);

    JsonObject waiting = chain.order("undone-2", 500).put("pending", new JsonObject());
    Answer pending = admin.post("/v1/accruals", waiting);
    String id = pending.json(201).getString("transactionId");
    JsonObject cancelled = admin.post("/v1/pending/" + id + "/cancel", new JsonObject()).json(200);
    isUndone(pending, waiting, "cancelled", cancelled);
  }

  @Test
  void the_replay_of_a_deduction_and_of_a_record_of_a_batch_says_so_too() throws Exception {
    chain.earn("undone-3", 10_000);
    JsonObject order = chain.order("undone-3", 0);
    JsonObject spending = Chain.spending("undone-3", 20).put("orderId", order.getString("orderId"));
    admin.post("/v1/deductions", spending).json(201);
    refund(order, "R1", null);

    Answer again = admin.post("/v1/deductions", spending);
    JsonObject line =
        new BatchCaller(admin)
            .send(spending.copy().put("type", "deduction").put("key", Caller.newKey()))
            .get(0);

    assertThat(again.isReplay()).isTrue();
    assertThat(again.header("Transaction-Undone")).isEqualTo("refunded");
    assertThat(line.getBoolean("replayed")).isTrue();
    assertThat(line.getString("undone")).isEqualTo("refunded");
    assertThat(line.getJsonObject("body")).isEqualTo(again.json(201));
  }

  @Test
  void finds_no_transaction_that_is_not_there() {
    chain.earn("dash-in-id-1", 100);

    assertThat(admin.get("/v1/transactions/dash-in-id-1-1").json(200).getString("memberId"))
        .isEqualTo("dash-in-id-1");
    admin.get("/v1/transactions/dash-in-id-1-2").isProblem(404, "transaction_not_found");
    admin.get("/v1/transactions/dash-in-id-1").isProblem(404, "transaction_not_found");
    admin.get("/v1/transactions/m-9999999999999999999").isProblem(404, "transaction_not_found");
    admin.breaking().get("/v1/transactions/m-0").isProblem(404, "transaction_not_found");
    admin.breaking().get("/v1/transactions/m").isProblem(404, "transaction_not_found");
    admin.breaking().get("/v1/transactions?storeId=S1").isProblem(400, "invalid_query");
    admin
        .breaking()
        .get("/v1/transactions?storeId=S1&orderId=a%20b")
        .isProblem(400, "invalid_query");
  }
}
