package points.gateway.refund;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;

/** Refunds as the tests of several classes send them, look for them and wait for them. */
final class RefundCalls {

  static final String REFUNDS = "/v1/refunds";
  static final String WITHDRAW = REFUNDS + "/parked/withdraw";

  private final Chain chain;
  private final Caller admin;

  RefundCalls(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  /** Of the member of an order that has not come yet. */
  static JsonObject early(JsonObject order, String refundId) {
    return RefundsIT.refund(order, refundId).put("memberId", order.getString("memberId"));
  }

  /** What a receipt says. */
  static JsonObject sale(Instant soldAt, long amount) {
    return new JsonObject().put("soldAt", soldAt.toString()).put("amount", amount);
  }

  static String hoursAgo(int hours) {
    return Instant.now().minus(hours, ChronoUnit.HOURS).toString();
  }

  /** Another that comes to its sale now was looked at after all that came before. */
  void awaitARoundAfter() {
    String member = chain.newId("round-");
    JsonObject order = chain.order(member, 100);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    admin.post("/v1/accruals", order).json(201);
    await(() -> chain.entries(member) == 2);
    JsonObject next = chain.order(member, 100);
    admin.post(REFUNDS, early(next, "R1")).json(201);
    admin.post("/v1/accruals", next).json(201);
    await(() -> chain.entries(member) == 4);
  }

  /** Which stores take back: the one that sold, or any. */
  void setStores(String stores) {
    JsonObject terms = Chain.terms();
    terms.getJsonObject("refunds").put("stores", stores);
    admin.put("/v1/program", Chain.rules().mergeIn(terms)).json(200);
  }

  /** Those of an order that were parked and not applied. */
  List<JsonObject> listed(JsonObject order) {
    return of(order, admin.get("/v1/refunds/parked?limit=200"));
  }

  List<JsonObject> listed(JsonObject order, String status) {
    return of(order, admin.get("/v1/refunds/parked?limit=200&status=" + status));
  }

  private static List<JsonObject> of(JsonObject order, Answer page) {
    return page.items().stream()
        .filter(it -> it.getString("orderId").equals(order.getString("orderId")))
        .toList();
  }

  /** Comes back as soon as something holds; fails when it does not come to hold. */
  static void await(BooleanSupplier holds) {
    Await.until("the refund's end", holds::getAsBoolean);
  }
}
