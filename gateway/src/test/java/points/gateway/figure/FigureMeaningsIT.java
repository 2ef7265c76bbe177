package points.gateway.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/**
 * The worked examples of what figures mean where sales are undone, moved or taken back elsewhere.
 */
@WithGateway
class FigureMeaningsIT {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Chain chain;
  private final Caller admin;
  private String store = "";

  FigureMeaningsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @BeforeEach
  void a_store_of_the_test() {
    store = chain.newId("shop-");
    chain.store(store);
    JsonObject terms = Chain.terms();
    terms.getJsonObject("refunds").put("stores", "any");
    admin.put("/v1/program", Chain.rules().mergeIn(terms)).json(200);
  }

  @Test
  void a_reversed_sale_leaves_its_day_and_its_till() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    String member = chain.newId("m-");
    JsonObject order = order(member, 10_000).put("occurredAt", yesterday.toString());
    String sale = sold(order.put("terminalId", "T1"));
    sold(order(member, 3_335).put("occurredAt", yesterday.toString()).put("terminalId", "T1"));
    sold(order(member, 10_000).put("occurredAt", yesterday.toString()).put("terminalId", "T1"));
    awaitTotals(store, Map.of("orders", 3, "turnover", 23_335, "averageTicket", 7_778));

    reverse(sale);

    JsonObject totals =
        awaitTotals(store, Map.of("orders", 2, "turnover", 13_335, "averageTicket", 6_668));
    assertThat(totals.getLong("pointsEarned")).isEqualTo(233);
    assertThat(totals.getLong("pointsTakenBack")).isEqualTo(100);
    assertThat(totals.getLong("membersServed")).as("was there all the same").isEqualTo(1);
    String day = LocalDate.ofInstant(yesterday, ZONE).toString();
    JsonObject ofThatDay = figures("by=terminal&from=" + day + "&to=" + day, store);
    assertThat(items(ofThatDay).get(0).getString("terminalId")).isEqualTo("T1");
    assertThat(items(ofThatDay).get(0).getLong("turnover")).isEqualTo(13_335);
    assertThat(items(ofThatDay).get(0).getLong("pointsTakenBack"))
        .as("on the ledger's day")
        .isZero();
  }

  @Test
  void a_refund_counts_at_the_store_and_the_till_that_took_the_goods_back() {
    String other = chain.newId("other-");
    chain.store(other);
    JsonObject order = order(chain.newId("m-"), 5_000).put("terminalId", "T1");
    sold(order);
    JsonObject elsewhere = refund(order).put("amount", 2_500).put("refundStoreId", other);
    String back = posted("/v1/refunds", elsewhere.put("terminalId", "T9"));

    awaitTotals(other, Map.of("orders", 0, "refunds", 1, "refunded", 2_500, "pointsTakenBack", 25));
    awaitTotals(store, Map.of("orders", 1, "refunds", 0, "pointsTakenBack", 0));
    assertThat(terminals(other)).containsExactly(other + " T9");
    assertThat(terminals(store)).containsExactly(store + " T1");

    reverse(back);
    awaitTotals(other, Map.of("refunds", 0, "refunded", 0, "pointsTakenBack", 0));
  }

  @Test
  void a_refund_of_what_was_only_paid_stays_none_when_the_sale_comes_after_it() {
    String member = chain.memberWith(500);
    JsonObject order = order(member, 5_000);
    JsonObject paid = Chain.spending(member, 300).put("storeId", store);
    posted("/v1/deductions", paid.put("orderId", order.getString("orderId")));
    String back = posted("/v1/refunds", refund(order));
    sold(order);
    awaitTotals(store, Map.of("orders", 1, "refunds", 0));

    reverse(back);

    sold(order(member, 1_000)); // after it, so that the reversal is counted too
    awaitTotals(store, Map.of("orders", 2, "refunds", 0, "refunded", 0));
  }

  @Test
  void a_refund_in_which_several_members_have_a_share_is_one_refund() {
    String sharer = chain.memberWith(500);
    String pool = chain.newId("pool-");
    var family = new JsonObject().put("poolId", pool).put("name", "Family");
    admin.post("/v1/pools", family.put("memberIds", new JsonArray().add(sharer))).json(201);
    var gift = new JsonObject().put("memberId", sharer).put("points", 500);
    admin.post("/v1/pools/" + pool + "/contributions", gift).json(201);
    JsonObject order = order(chain.newId("m-"), 10_000);
    JsonObject paid = Chain.spending(sharer, 300).put("poolId", pool).put("storeId", store);
    posted("/v1/deductions", paid.put("orderId", order.getString("orderId")));
    sold(order);

    posted("/v1/refunds", refund(order));

    JsonObject totals = awaitTotals(store, Map.of("refunds", 1, "pointsGivenBack", 300));
    assertThat(totals.getLong("refunded")).isEqualTo(10_000);
    assertThat(totals.getLong("pointsSpent")).isEqualTo(300);
    assertThat(totals.getLong("pointsTakenBack")).isEqualTo(100);
  }

  @Test
  void a_top_up_that_is_paid_out_is_no_refund_of_a_sale() {
    JsonObject topUp = chain.topUpOf(chain.newId("m-"), 50_000).put("storeId", store);
    posted("/v1/stored-value/top-ups", topUp);
    posted("/v1/refunds", refund(topUp));

    JsonObject totals =
        awaitTotals(store, Map.of("storedValueIn", 50_000, "storedValueOut", 50_000));
    assertThat(totals.getLong("refunds")).isZero();
    assertThat(totals.getLong("refunded")).isZero();
    assertThat(totals.getLong("orders")).isZero();
  }

  @Test
  void what_goes_from_one_member_to_another_is_neither_earned_nor_spent_nor_paid_in() {
    JsonObject before = figures("by=day", null).getJsonObject("totals");
    String wrong = chain.newId("wrong-");
    String right = chain.newId("right-");
    String merged = chain.newId("merged-");
    posted("/v1/stored-value/top-ups", chain.topUpOf(wrong, 900).put("storeId", store));
    sold(order(right, 1_000));
    sold(order(merged, 2_000));
    String sale = sold(order(wrong, 10_000));
    posted("/v1/transactions/" + sale + "/move", new JsonObject().put("memberId", right));
    Await.until("the sale to arrive", () -> available(right) == 110);
    JsonObject why = new JsonObject().put("reason", "one person").put("operator", "Li");
    posted("/v1/members/" + wrong + "/merge", why.copy().put("into", merged));
    Await.until("the stored value to arrive", () -> chain.entries(merged) == 2);
    sold(order(merged, 100));

    JsonObject totals = awaitTotals(store, Map.of("orders", 4, "turnover", 13_100));
    assertThat(totals.getLong("pointsEarned")).isEqualTo(131);
    assertThat(totals.getLong("pointsSpent")).isZero();
    JsonObject all = figures("by=day", null).getJsonObject("totals");
    for (String flow : List.of("storedValueIn", "storedValueOut")) {
      assertThat(all.getLong(flow) - before.getLong(flow))
          .as(flow + " in all, also where entries name no store")
          .isEqualTo(totals.getLong(flow));
    }
    assertThat(totals.getLong("storedValueIn")).isEqualTo(900);
    assertThat(totals.getLong("storedValueOut")).isZero();
  }

  private JsonObject order(String member, long amount) {
    return chain.order(member, amount).put("storeId", store);
  }

  private static JsonObject refund(JsonObject order) {
    return new JsonObject()
        .put("storeId", order.getString("storeId"))
        .put("orderId", order.getString("orderId"))
        .put("refundId", "R1");
  }

  private String sold(JsonObject order) {
    return posted("/v1/accruals", order);
  }

  private String posted(String path, JsonObject body) {
    return String.valueOf(admin.post(path, body).json(201).getString("transactionId"));
  }

  private void reverse(String transactionId) {
    posted(
        "/v1/reversals",
        new JsonObject()
            .put("transactionId", transactionId)
            .put("operator", "Li")
            .put("reason", "a mistake"));
  }

  private long available(String member) {
    return chain.balance(member).getLong("available");
  }

  private List<String> terminals(String ofStore) {
    return items(figures("by=terminal", ofStore)).stream()
        .map(it -> it.getString("storeId") + " " + it.getString("terminalId"))
        .toList();
  }

  private static List<JsonObject> items(JsonObject figures) {
    return figures.getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  /** Of yesterday and today, unless the query says otherwise. */
  private JsonObject figures(String query, @Nullable String ofStore) {
    String days =
        query.contains("from=")
            ? ""
            : "&from=" + LocalDate.now(ZONE).minusDays(1) + "&to=" + LocalDate.now(ZONE);
    String only = ofStore == null ? "" : "&storeId=" + ofStore;
    return admin.get("/v1/figures?" + query + days + only).json(200);
  }

  /** Waits until the feed has brought all of it. */
  private JsonObject awaitTotals(String ofStore, Map<String, Integer> wanted) {
    Await.until(
        wanted + " of " + ofStore,
        () -> {
          JsonObject totals = figures("by=day", ofStore).getJsonObject("totals");
          return wanted.entrySet().stream()
              .allMatch(it -> it.getValue().toString().equals("" + totals.getLong(it.getKey())));
        });
    return figures("by=day", ofStore).getJsonObject("totals");
  }
}
