package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.WITHDRAW;
import static points.gateway.refund.RefundCalls.await;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Another store than the one that sold takes back, where the program lets it. */
@WithGateway
class RefundStoresIT {

  private final Chain chain;
  private final Caller admin;
  private final RefundCalls refunds;

  RefundStoresIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    this.refunds = new RefundCalls(chain);
  }

  @Test
  void another_store_takes_back_where_the_program_lets_it() {
    chain.store("S2");
    Caller second = chain.key("store", "S2");
    JsonObject order = chain.order(chain.newId("elsewhere-"), 5_000);
    admin.post("/v1/accruals", order).json(201);
    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 2_500);
    JsonObject elsewhere = half.copy().put("refundStoreId", "S2");
    refunds.setStores("selling");
    second.post(REFUNDS, elsewhere).isProblem(409, "refund_store_not_allowed");
    second.postPlain(REFUNDS + "/preview", elsewhere).isProblem(409, "refund_store_not_allowed");
    JsonObject unsold = early(chain.order("m", 1), "R1").put("refundStoreId", "S2");
    second.post(REFUNDS, unsold).isProblem(409, "refund_store_not_allowed");
    refunds.setStores("any");

    second.post(REFUNDS, half).isProblem(403, "store_out_of_scope");
    chain.key("store", Chain.STORE).post(REFUNDS, elsewhere).isProblem(403, "store_out_of_scope");
    second.post(REFUNDS, elsewhere.copy().put("storeId", "S9")).isProblem(422, "unknown_store");
    admin
        .post(REFUNDS, elsewhere.copy().put("refundStoreId", "S9"))
        .isProblem(422, "unknown_store");
    JsonObject preview = second.postPlain(REFUNDS + "/preview", elsewhere).json(200);
    JsonObject back = second.post(REFUNDS, elsewhere).json(201);

    assertThat(preview.getString("refundStoreId")).isEqualTo("S2");
    assertThat(back.getString("refundStoreId")).isEqualTo("S2");
    assertThat(back.getString("storeId")).isEqualTo(Chain.STORE);
    JsonObject entry = second.get("/v1/transactions/" + back.getString("transactionId")).json(200);
    assertThat(entry.getJsonObject("detail").getString("refundStoreId")).isEqualTo("S2");
    assertThat(entry.getString("storeId")).isEqualTo(Chain.STORE);
    second.post(REFUNDS, elsewhere.copy().put("refundStoreId", "S2")).json(201);
    admin.post(REFUNDS, half).isProblem(409, "order_already_processed");
    refunds.setStores("selling");
    assertThat(second.post(REFUNDS, elsewhere).isReplay()).isTrue();
  }

  @Test
  void another_stores_refund_waits_for_its_sale_too() {
    chain.store("S3");
    refunds.setStores("any");
    Caller third = chain.key("store", "S3");
    JsonObject order = chain.order(chain.newId("elsewhere-"), 5_000);
    JsonObject wanted = early(order, "R1").put("refundStoreId", "S3");
    JsonObject other = early(order, "R2").put("refundStoreId", "S3");
    third.post(REFUNDS, wanted).json(201);
    third.post(REFUNDS, other.put("amount", 1)).json(201);
    chain
        .key("store", Chain.STORE)
        .post(WITHDRAW, RefundsIT.refund(order, "R2"))
        .isProblem(403, "store_out_of_scope");
    third.post(WITHDRAW, RefundsIT.refund(order, "R2")).json(200);

    admin.post("/v1/accruals", order).json(201);

    await(() -> chain.entries(order.getString("memberId")) == 2);
    JsonObject entry =
        admin.get("/v1/members/" + order.getString("memberId") + "/entries").items().get(0);
    assertThat(entry.getJsonObject("detail").getString("refundStoreId")).isEqualTo("S3");
  }
}
