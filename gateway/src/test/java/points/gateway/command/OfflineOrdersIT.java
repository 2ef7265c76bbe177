package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Orders of offline tills happened, also when what paid for them is not there any more. */
@WithGateway
class OfflineOrdersIT {

  private final Chain chain;
  private final Caller admin;

  OfflineOrdersIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  private void uncoveredIs(String uncovered) {
    JsonObject refunds =
        Chain.terms()
            .getJsonObject("refunds")
            .put("pointValue", new JsonObject().put("points", 1).put("amount", 10));
    JsonObject offline = new JsonObject().put("uncovered", uncovered);
    admin
        .put("/v1/program", Chain.rules().put("refunds", refunds).put("offline", offline))
        .json(200);
  }

  private JsonObject offlineOrder(String member, long amount, long points, long storedValue) {
    JsonObject pay = new JsonObject().put("points", points).put("storedValue", storedValue);
    return chain.order(member, amount).put("offline", true).put("pay", pay);
  }

  private static JsonObject uncovered(long points, long storedValue, long debt, long claim) {
    return new JsonObject()
        .put("points", points)
        .put("storedValue", storedValue)
        .put("debt", debt)
        .put("claim", claim);
  }

  private boolean isProven(String member) {
    return admin.get("/v1/members/" + member + "/proof").json(200).getBoolean("holds");
  }

  @Test
  void the_member_owes_the_points_and_its_order_earns() {
    uncoveredIs("debt");
    String member = chain.memberWith(30);
    JsonObject order = offlineOrder(member, 2_000, 80, 0);

    JsonObject preview = admin.postPlain("/v1/accruals/preview", order).json(200);
    Answer first = admin.post("/v1/accruals", order);
    JsonObject earned = first.json(201);

    assertThat(preview.getJsonObject("uncovered")).isEqualTo(uncovered(50, 0, 50, 0));
    assertThat(earned.getJsonObject("uncovered")).isEqualTo(uncovered(50, 0, 50, 0));
    assertThat(earned.getLong("points")).isEqualTo(20);
    assertThat(earned.getJsonObject("paid").getLong("points")).isEqualTo(30);
    assertThat(earned.getLong("debtRepaid")).isEqualTo(20);
    assertThat(earned.getLong("balance")).isZero();
    JsonObject balance = chain.balance(member);
    assertThat(balance.getLong("debt")).isEqualTo(30);
    assertThat(balance.getLong("lifetimeEarned")).isEqualTo(50);
    assertThat(balance.getLong("lifetimeSpent")).isEqualTo(80);
    assertThat(isProven(member)).isTrue();
    Answer again = admin.post("/v1/accruals", order);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(claimsOf(Chain.STORE)).doesNotContain(earned.getString("transactionId"));
  }

  @Test
  void the_store_claims_the_uncovered_amount_and_finds_its_claim() {
    uncoveredIs("claim");
    chain.store("S7");
    String member = chain.memberWith(30);
    chain.topUp(member, 1_000);
    JsonObject order = offlineOrder(member, 2_000, 80, 1_500).put("storeId", "S7");

    JsonObject earned = chain.key("store", "S7").post("/v1/accruals", order).json(201);

    assertThat(earned.getJsonObject("uncovered")).isEqualTo(uncovered(50, 500, 0, 1_000));
    assertThat(earned.getJsonObject("paid"))
        .isEqualTo(new JsonObject().put("points", 30).put("storedValue", 1_000));
    assertThat(earned.getLong("balance")).isEqualTo(20);
    assertThat(chain.balance(member).getLong("debt")).isZero();
    assertThat(isProven(member)).isTrue();
    String id = earned.getString("transactionId");
    assertThat(claimsOf("S7")).containsExactly(id);
    assertThat(claimsOf(Chain.STORE)).isEmpty();
    JsonObject claim = chain.key("store", "S7").get("/v1/claims").items().get(0);
    assertThat(claim.getJsonObject("detail").getJsonObject("uncovered").getLong("claim"))
        .isEqualTo(1_000);
    chain.key("store", "S7").get("/v1/claims?storeId=S1").isProblem(403, "store_out_of_scope");
    JsonObject wrong =
        new JsonObject().put("transactionId", id).put("operator", "Li").put("reason", "twice");
    admin.post("/v1/reversals", wrong).json(201);
    assertThat(admin.get("/v1/claims?storeId=S7").items().get(0).getJsonObject("undone"))
        .isNotNull();
  }

  private List<String> claimsOf(String store) {
    return admin.get("/v1/claims?storeId=" + store).items().stream()
        .map(it -> it.getString("transactionId"))
        .toList();
  }

  @Test
  void lists_claims_page_by_page() {
    uncoveredIs("claim");
    chain.store("S8");
    for (int i = 0; i < 3; i++) {
      String member = chain.memberWith(1);
      admin.post("/v1/accruals", offlineOrder(member, 0, 5, 0).put("storeId", "S8")).json(201);
    }
    List<String> all = claimsOf("S8");

    JsonObject first = admin.get("/v1/claims?storeId=S8&limit=2").json(200);
    String cursor = first.getString("nextCursor");
    JsonObject rest = admin.get("/v1/claims?storeId=S8&limit=2&cursor=" + cursor).json(200);

    assertThat(all).hasSize(3);
    assertThat(first.getBoolean("hasMore")).isTrue();
    assertThat(rest.getJsonArray("items").getJsonObject(0).getString("transactionId"))
        .isEqualTo(all.get(2));
    assertThat(rest.getBoolean("hasMore")).isFalse();
    admin.get("/v1/claims?cursor=eA").isProblem(400, "invalid_query");
  }

  @Test
  void an_order_of_a_till_that_asks_in_time_is_refused_as_ever() {
    uncoveredIs("debt");
    String member = chain.memberWith(30);
    JsonObject order = offlineOrder(member, 2_000, 80, 0);
    order.remove("offline");

    admin.post("/v1/accruals", order).isProblem(409, "insufficient_points");
    admin.post("/v1/accruals", order.put("offline", false)).isProblem(409, "insufficient_points");
    admin.breaking().post("/v1/accruals", order.put("offline", "yes")).isInvalid("/offline");
    JsonObject covered = offlineOrder(member, 2_000, 30, 0);
    assertThat(admin.post("/v1/accruals", covered).json(201).containsKey("uncovered")).isFalse();
  }

  @Test
  void points_owed_for_an_order_are_not_owed_after_its_reversal() {
    uncoveredIs("debt");
    String member = chain.memberWith(30);
    JsonObject earned = admin.post("/v1/accruals", offlineOrder(member, 0, 80, 0)).json(201);
    JsonObject wrong =
        new JsonObject()
            .put("transactionId", earned.getString("transactionId"))
            .put("operator", "Li")
            .put("reason", "wrong card");

    admin.post("/v1/reversals", wrong).json(201);

    assertThat(chain.balance(member).getLong("available")).isEqualTo(30);
    assertThat(chain.balance(member).getLong("debt")).isZero();
    assertThat(chain.balance(member).getLong("lifetimeSpent")).isZero();
    assertThat(isProven(member)).isTrue();
  }
}
