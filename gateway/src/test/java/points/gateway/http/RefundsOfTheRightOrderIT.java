package points.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/**
 * A refund undoes the order that is meant, or none; one that waits for its sale comes to an end.
 */
@WithGateway
class RefundsOfTheRightOrderIT {

  private static final String REFUNDS = "/v1/refunds";
  private static final String WITHDRAW = REFUNDS + "/parked/withdraw";

  private final Chain chain;
  private final Caller admin;
  private final LocalGateway gateway;

  RefundsOfTheRightOrderIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.admin = chain.admin();
    this.gateway = gateway;
  }

  @Test
  void an_unknown_number_is_refused_when_nothing_else_says_what_is_meant() {
    JsonObject wanted = RefundsIT.refund(chain.order("m", 100), "R1");

    JsonObject problem = admin.post(REFUNDS, wanted).isProblem(404, "order_not_found");

    assertThat(problem.getString("detail")).contains("memberId", "soldAt");
    admin.postPlain(REFUNDS + "/preview", wanted).isProblem(404, "order_not_found");
    assertThat(listed(wanted)).isEmpty();
  }

  @Test
  void a_mistyped_number_never_meets_the_order_of_a_stranger() {
    JsonObject order = chain.order(chain.newId("stranger-"), 5_000);
    JsonObject ofMember = RefundsIT.refund(order, "R1").put("memberId", chain.memberWith(1));
    JsonObject ofReceipt =
        RefundsIT.refund(order, "R2")
            .put("sale", sale(Instant.now().minus(2, ChronoUnit.DAYS), 5_000));
    admin.post(REFUNDS, ofMember).json(201);
    admin.post(REFUNDS, ofReceipt).json(201);
    order.put("occurredAt", Instant.now().minus(1, ChronoUnit.HOURS).toString());

    admin.post("/v1/accruals", order).json(201);

    awaitARoundAfter();
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    assertThat(listed(order)).extracting(it -> it.getString("status")).containsOnly("parked");
    admin
        .post(REFUNDS, RefundsIT.refund(order, "R3").put("memberId", chain.memberWith(1)))
        .isProblem(409, "order_mismatch");
  }

  @Test
  void a_sale_that_was_made_after_the_refund_is_another() {
    String member = chain.newId("again-");
    JsonObject order = chain.order(member, 5_000);
    JsonObject wanted = early(order, "R1").put("occurredAt", hoursAgo(2));
    admin.post(REFUNDS, wanted).json(201);
    order.put("occurredAt", hoursAgo(1));

    admin.post("/v1/accruals", order).json(201);

    awaitARoundAfter();
    assertThat(chain.entries(member)).isEqualTo(1);
    JsonObject late = early(order, "R2").put("occurredAt", hoursAgo(2));
    JsonObject problem = admin.post(REFUNDS, late).isProblem(409, "order_mismatch");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/occurredAt");
    admin.post(REFUNDS, late.put("occurredAt", hoursAgo(0))).json(201);
  }

  @Test
  void its_receipt_says_which_order_is_meant() {
    Instant soldAt = Instant.parse("2026-03-04T05:06:07Z");
    JsonObject order = chain.order(chain.newId("receipt-"), 5_000);
    order.put("occurredAt", "2026-03-04T05:06:37.123Z");
    JsonObject wanted = RefundsIT.refund(order, "R1").put("sale", sale(soldAt, 5_000));
    admin.post(REFUNDS, wanted.put("amount", 1_000)).json(201);
    admin.post("/v1/accruals", order).json(201);
    awaitARoundAfter();
    assertThat(chain.balance(order.getString("memberId")).getLong("available")).isEqualTo(40);

    mismatch(RefundsIT.refund(order, "R2").put("sale", sale(soldAt, 5_001)), "/sale/amount");
    mismatch(
        RefundsIT.refund(order, "R2").put("sale", sale(soldAt.minusSeconds(31), 5_000)),
        "/sale/soldAt");
    mismatch(RefundsIT.refund(order, "R2").put("memberId", "nobody"), "/memberId");
    admin.post(REFUNDS, RefundsIT.refund(order, "R2").put("sale", sale(soldAt, 5_000))).json(201);
  }

  @Test
  void its_member_may_go_on_as_another() {
    String source = chain.newId("source-");
    JsonObject order = chain.order(source, 5_000);
    admin.post("/v1/accruals", order).json(201);
    String target = chain.memberWith(1);
    admin.post("/v1/members/" + source + "/merge", EndingsIT.into(target)).json(201);

    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 2_500);
    admin.post(REFUNDS, half.copy().put("memberId", source)).json(201);
    admin.post(REFUNDS, half.put("refundId", "R2").put("memberId", target)).json(201);

    assertThat(chain.balance(target).getLong("available")).isEqualTo(1);
  }

  @Test
  void names_each_field_that_is_wrong() {
    JsonObject wanted = RefundsIT.refund(chain.order("m", 1), "R1");
    Caller bad = admin.breaking();
    bad.post(REFUNDS, wanted.copy().put("sale", new JsonObject()))
        .isInvalid("/sale/soldAt", "/sale/amount");
    bad.post(REFUNDS, wanted.copy().put("memberId", "")).isInvalid("/memberId");
    bad.post(REFUNDS, wanted.copy().put("occurredAt", "yesterday")).isInvalid("/occurredAt");
    admin
        .post(
            REFUNDS,
            wanted.copy().put("sale", sale(Instant.now(), 1)).put("occurredAt", hoursAgo(3)))
        .isInvalid("/occurredAt");
    bad.post(WITHDRAW, new JsonObject()).isInvalid("/storeId", "/orderId", "/refundId");
  }

  @Test
  void shows_its_age_and_can_be_withdrawn_once() {
    JsonObject order = chain.order(chain.newId("withdrawn-"), 5_000);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    assertThat(listed(order).get(0).getLong("ageSeconds")).isBetween(0L, 60L);
    String key = Caller.newKey();
    Caller till = chain.key("store", Chain.STORE);

    Answer withdrawn = till.post(WITHDRAW, key, RefundsIT.refund(order, "R1"));
    Answer again = till.post(WITHDRAW, key, RefundsIT.refund(order, "R1"));
    Answer other = admin.post(WITHDRAW, RefundsIT.refund(order, "R1"));
    admin.post("/v1/accruals", order).json(201);
    awaitARoundAfter();

    assertThat(withdrawn.json(200).getString("status")).isEqualTo("withdrawn");
    assertThat(again.body()).isEqualTo(withdrawn.body());
    assertThat(again.isReplay()).isTrue();
    assertThat(other.body()).isEqualTo(withdrawn.body());
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    assertThat(listed(order, "withdrawn")).hasSize(1);
    assertThat(listed(order, "parked")).isEmpty();
    JsonObject another = chain.order(chain.newId("withdrawn-"), 5_000);
    admin.post(REFUNDS, early(another, "R1")).json(201);
    till.post(WITHDRAW, key, RefundsIT.refund(another, "R1"))
        .isProblem(422, "idempotency_key_reused");
    admin.post(WITHDRAW, RefundsIT.refund(another, "R2")).isProblem(404, "parked_refund_not_found");
    admin.breaking().get("/v1/refunds/parked?status=applied").isProblem(400, "invalid_query");
  }

  @Test
  void what_was_applied_is_not_withdrawn() {
    JsonObject order = chain.order(chain.newId("applied-"), 5_000);
    admin.post(REFUNDS, early(order, "R1")).json(201);
    admin.post("/v1/accruals", order).json(201);
    awaitARoundAfter();

    admin.post(WITHDRAW, RefundsIT.refund(order, "R1")).isProblem(409, "refund_not_waiting");

    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(2);
  }

  @Test
  void becomes_a_review_when_its_sale_does_not_come() throws SQLException {
    JsonObject order = chain.order(chain.newId("lapsed-"), 5_000);
    JsonObject wanted = early(order, "R1").put("terminalId", "T1").put("amount", 2_000);
    admin.post(REFUNDS, wanted).json(201);
    admin.post(REFUNDS, early(order, "R2").put("lines", lines())).json(201);
    assertThat(listed(order, "parked")).hasSize(2);

    age(order, 8);

    await(() -> listed(order, "lapsed").size() == 2);
    admin.post("/v1/accruals", order).json(201);
    awaitARoundAfter();
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
    admin.post(WITHDRAW, RefundsIT.refund(order, "R1")).isProblem(409, "refund_not_waiting");
    JsonObject lapsed = listed(order, "lapsed").get(0);
    String review = "/v1/reviews/" + lapsed.getString("reviewId");
    assertThat(admin.get(review).json(200).getString("type")).isEqualTo("refund");
    String key = Caller.newKey();
    Answer accepted = admin.post(review + "/accept", key, decision());
    assertThat(accepted.json(200).getString("status")).isEqualTo("accepted");
    assertThat(admin.post(review + "/accept", key, decision()).body()).isEqualTo(accepted.body());
    assertThat(chain.balance(order.getString("memberId")).getLong("available")).isEqualTo(30);
    String second = "/v1/reviews/" + listed(order, "lapsed").get(0).getString("reviewId");
    assertThat(admin.post(second + "/reject", decision()).json(200).getString("status"))
        .isEqualTo("rejected");
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(2);
  }

  @Test
  void a_review_is_not_accepted_for_another_order_or_none() throws SQLException {
    JsonObject order = chain.order(chain.newId("stranger-"), 5_000);
    admin
        .post(REFUNDS, RefundsIT.refund(order, "R1").put("memberId", chain.memberWith(1)))
        .json(201);
    age(order, 8);
    await(() -> listed(order, "lapsed").size() == 1);
    String review = "/v1/reviews/" + listed(order, "lapsed").get(0).getString("reviewId");

    admin.post(review + "/accept", decision()).isProblem(404, "order_not_found");
    admin.post("/v1/accruals", order).json(201);
    admin.post(review + "/accept", decision()).isProblem(409, "order_mismatch");

    assertThat(admin.get(review).json(200).getString("status")).isEqualTo("review");
    assertThat(chain.entries(order.getString("memberId"))).isEqualTo(1);
  }

  @Test
  void another_store_takes_back_where_the_program_lets_it() {
    chain.store("S2");
    Caller second = chain.key("store", "S2");
    JsonObject order = chain.order(chain.newId("elsewhere-"), 5_000);
    admin.post("/v1/accruals", order).json(201);
    JsonObject half = RefundsIT.refund(order, "R1").put("amount", 2_500);
    JsonObject elsewhere = half.copy().put("refundStoreId", "S2");
    setStores("selling");
    second.post(REFUNDS, elsewhere).isProblem(409, "refund_store_not_allowed");
    second.postPlain(REFUNDS + "/preview", elsewhere).isProblem(409, "refund_store_not_allowed");
    JsonObject unsold = early(chain.order("m", 1), "R1").put("refundStoreId", "S2");
    second.post(REFUNDS, unsold).isProblem(409, "refund_store_not_allowed");
    setStores("any");

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
    setStores("selling");
    assertThat(second.post(REFUNDS, elsewhere).isReplay()).isTrue();
  }

  @Test
  void another_stores_refund_waits_for_its_sale_too() {
    chain.store("S3");
    setStores("any");
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

  private void mismatch(JsonObject wanted, String pointer) {
    JsonObject problem = admin.post(REFUNDS, wanted).isProblem(409, "order_mismatch");
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo(pointer);
    admin.postPlain(REFUNDS + "/preview", wanted).isProblem(409, "order_mismatch");
  }

  private void setStores(String stores) {
    JsonObject terms = Chain.terms();
    terms.getJsonObject("refunds").put("stores", stores);
    admin.put("/v1/program", Chain.rules().mergeIn(terms)).json(200);
  }

  private static JsonObject early(JsonObject order, String refundId) {
    return RefundsIT.refund(order, refundId).put("memberId", order.getString("memberId"));
  }

  private static JsonObject sale(Instant soldAt, long amount) {
    return new JsonObject().put("soldAt", soldAt.toString()).put("amount", amount);
  }

  private static JsonArray lines() {
    return Chain.lines(new JsonObject().put("lineId", "7").put("amount", 7));
  }

  private static String hoursAgo(int hours) {
    return Instant.now().minus(hours, ChronoUnit.HOURS).toString();
  }

  private static JsonObject decision() {
    return new JsonObject().put("operator", "Li Lei").put("reason", "the customer was here");
  }

  /** As if the refunds of an order had come so many days before. */
  private void age(JsonObject order, int days) throws SQLException {
    try (Connection connection = gateway.database().connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE parked_refund SET parked_at = now() - interval '%d days' WHERE order_id = '%s'"
                  .formatted(days, order.getString("orderId"))
              + " AND program_id = '%s'".formatted(chain.programId()));
    }
  }

  /** Another that comes to its sale now was looked at after all that came before. */
  private void awaitARoundAfter() {
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

  private List<JsonObject> listed(JsonObject order) {
    return of(order, admin.get("/v1/refunds/parked?limit=200"));
  }

  private List<JsonObject> listed(JsonObject order, String status) {
    return of(order, admin.get("/v1/refunds/parked?limit=200&status=" + status));
  }

  private static List<JsonObject> of(JsonObject order, Answer page) {
    return page.items().stream()
        .filter(it -> it.getString("orderId").equals(order.getString("orderId")))
        .toList();
  }

  private static void await(BooleanSupplier holds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
