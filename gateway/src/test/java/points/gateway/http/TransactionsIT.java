package points.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
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
