package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** The channel and the cashier of an order are kept with its entries, and part of the content. */
@WithGateway
class SellersIT {

  private final Chain chain;
  private final Caller admin;

  SellersIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void are_shown_with_the_entries_of_each_kind_that_has_them() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 10_000);
    admin.post("/v1/accruals", sold(order)).json(201);
    admin.post("/v1/deductions", sold(Chain.spending(member, 10))).json(201);
    admin.post("/v1/stored-value/top-ups", sold(chain.order(member, 500))).json(201);
    JsonObject payment = sold(chain.order(member, 100));
    payment.remove("occurredAt");
    admin.post("/v1/stored-value/payments", payment).json(201);
    JsonObject refund =
        new JsonObject()
            .put("storeId", order.getString("storeId"))
            .put("orderId", order.getString("orderId"))
            .put("refundId", "r");
    admin.post("/v1/refunds", sold(refund)).json(201);
    List<JsonObject> entries = admin.get("/v1/members/" + member + "/entries").items();
    assertThat(entries).hasSizeGreaterThanOrEqualTo(5).allMatch(SellersIT::isSold);
    String transactions =
        "/v1/transactions?storeId=" + Chain.STORE + "&orderId=" + payment.getString("orderId");
    assertThat(admin.get(transactions).items()).allMatch(SellersIT::isSold);
  }

  @Test
  void of_a_hold_are_those_of_its_capture_unless_that_names_others() {
    String member = chain.newId("member-");
    chain.earn(member, 10_000);
    assertThat(isSold(captured(hold(member), null))).isTrue();
    JsonObject capture =
        captured(hold(member), new JsonObject().put("channel", "till").put("cashierId", "c-2"));
    assertThat(capture.getString("channel")).isEqualTo("till");
    assertThat(capture.getString("cashierId")).isEqualTo("c-2");
  }

  @Test
  void come_in_batches() {
    String member = chain.newId("member-");
    JsonObject record =
        sold(chain.order(member, 100)).put("type", "accrual").put("key", Caller.newKey());
    assertThat(new BatchCaller(admin).send(record))
        .singleElement()
        .matches(it -> it.getInteger("status") == 201);
    assertThat(admin.get("/v1/members/" + member + "/entries").items())
        .singleElement()
        .matches(SellersIT::isSold);
  }

  @Test
  void are_part_of_the_content() {
    JsonObject order = chain.order(chain.newId("member-"), 10_000);
    String key = Caller.newKey();
    admin.post("/v1/accruals", key, order).json(201);
    admin
        .post("/v1/accruals", key, order.copy().put("channel", "web"))
        .isProblem(422, "idempotency_key_reused");
    admin
        .post("/v1/accruals", key, order.copy().put("cashierId", "c"))
        .isProblem(422, "idempotency_key_reused");
  }

  @Test
  void are_refused_by_name_when_they_are_malformed() {
    String member = chain.newId("member-");
    refuses(chain.order(member, 100).put("channel", "shop"), "/channel");
    refuses(chain.order(member, 100).put("channel", "MINI_PROGRAM"), "/channel");
    refuses(chain.order(member, 100).put("channel", new JsonArray()), "/channel");
    refuses(chain.order(member, 100).put("cashierId", "a b"), "/cashierId");
  }

  private void refuses(JsonObject order, String pointer) {
    admin.breaking().post("/v1/accruals", order).isInvalid(pointer);
  }

  private String hold(String member) {
    JsonObject hold =
        new JsonObject().put("memberId", member).put("storeId", Chain.STORE).put("points", 1);
    return admin.post("/v1/holds", sold(hold)).json(201).getString("holdId");
  }

  private JsonObject captured(String holdId, @Nullable JsonObject body) {
    String id =
        admin
            .post("/v1/holds/" + holdId + "/capture", body == null ? new JsonObject() : body)
            .json(200)
            .getString("transactionId");
    return admin.get("/v1/transactions/" + id).json(200);
  }

  private static JsonObject sold(JsonObject body) {
    return body.put("channel", "miniProgram").put("cashierId", "c-1");
  }

  private static boolean isSold(JsonObject entry) {
    return "miniProgram".equals(entry.getString("channel"))
        && "c-1".equals(entry.getString("cashierId"));
  }
}
