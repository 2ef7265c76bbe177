package points.gateway.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** {@code /v1/ratings}: one for each order, changed for a day, and hidden by head office. */
@WithGateway
class RatingsIT {

  private static final String RATINGS = "/v1/ratings";

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  RatingsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void a_member_rates_an_order_once_and_changes_that() {
    JsonObject order = sale(chain.newId("member-"));
    String key = Caller.newKey();
    JsonObject wanted = rating(order, 4).put("text", "好喝 ☕");
    Answer first = admin.post(RATINGS, key, wanted);
    JsonObject given = first.json(201);
    assertThat(given.getInteger("stars")).isEqualTo(4);
    assertThat(given.getString("text")).isEqualTo("好喝 ☕");
    assertThat(given.getBoolean("hidden")).isFalse();
    assertThat(Instant.parse(given.getString("changeableUntil")))
        .isEqualTo(Instant.parse(given.getString("givenAt")).plus(1, ChronoUnit.DAYS));
    assertThat(admin.post(RATINGS, key, wanted).body()).isEqualTo(first.body());
    assertThat(admin.post(RATINGS, key, wanted).isReplay()).isTrue();

    JsonObject changed = admin.post(RATINGS, rating(order, 2)).json(200);
    assertThat(changed.getString("ratingId")).isEqualTo(given.getString("ratingId"));
    assertThat(changed.getInteger("stars")).isEqualTo(2);
    assertThat(changed.containsKey("text")).isFalse();
    assertThat(changed.getString("givenAt")).isEqualTo(given.getString("givenAt"));

    assertThat(admin.get(path(given)).json(200)).isEqualTo(changed);
    assertThat(ofOrder(order)).containsExactly(changed);
  }

  @Test
  void a_rating_is_final_a_day_after_it_was_given() {
    JsonObject order = sale(chain.newId("member-"));
    JsonObject given = admin.post(RATINGS, rating(order, 4)).json(201);
    Instant until = Instant.parse(given.getString("changeableUntil"));
    gateway.clock().moveTo(until.minus(Duration.ofMinutes(5)));
    admin.post(RATINGS, rating(order, 3)).json(200);
    gateway.clock().moveTo(until);
    JsonObject problem = admin.post(RATINGS, rating(order, 5)).isProblem(409, "rating_final");
    assertThat(pointer(problem)).isEqualTo("/orderId");
    assertThat(problem.getString("detail")).contains(given.getString("givenAt"));
    assertThat(admin.post(RATINGS, rating(order, 3)).json(200).getInteger("stars")).isEqualTo(3);
    assertThat(ofOrder(order).get(0).getInteger("stars")).isEqualTo(3);
  }

  @Test
  void only_a_sale_of_the_member_at_the_store_can_be_rated() {
    String member = chain.newId("member-");
    JsonObject order = sale(member);
    String other = chain.memberWith(1);
    String shop = chain.newId("shop-");
    chain.store(shop);
    for (JsonObject wrong :
        List.of(
            rating(order, 5).put("orderId", "no-such-order"),
            rating(order, 5).put("memberId", other),
            rating(order, 5).put("storeId", shop),
            rating(chain.topUp(member, 1_000), 5))) {
      JsonObject problem = admin.post(RATINGS, wrong).isProblem(404, "order_not_found");
      assertThat(pointer(problem)).isEqualTo("/orderId");
    }
    JsonObject nobody =
        admin
            .post(RATINGS, rating(order, 5).put("memberId", "nobody"))
            .isProblem(404, "member_not_found");
    assertThat(pointer(nobody)).isEqualTo("/memberId");
    admin.post(RATINGS, rating(order, 5).put("storeId", "nowhere")).isProblem(422, "unknown_store");
    assertThat(admin.get(RATINGS + "?memberId=" + member).items()).isEmpty();
  }

  @Test
  void an_order_that_was_only_paid_with_points_can_be_rated() {
    String member = chain.memberWith(100);
    JsonObject spent = Chain.spending(member, 10).put("orderId", chain.newId("order-"));
    admin.post("/v1/deductions", spent).json(201);
    admin.post(RATINGS, rating(spent, 5)).json(201);
  }

  @Test
  void a_reversed_sale_cannot_be_rated_and_a_refunded_one_can() {
    JsonObject order = chain.order(chain.newId("member-"), 500);
    JsonObject entry = admin.post("/v1/accruals", order).json(201);
    admin
        .post(
            "/v1/reversals",
            new JsonObject()
                .put("transactionId", entry.getString("transactionId"))
                .put("operator", "amy")
                .put("reason", "wrong member"))
        .json(201);
    JsonObject problem = admin.post(RATINGS, rating(order, 5)).isProblem(409, "sale_reversed");
    assertThat(pointer(problem)).isEqualTo("/orderId");

    JsonObject refunded = sale(chain.newId("member-"));
    admin
        .post(
            "/v1/refunds",
            new JsonObject()
                .put("storeId", Chain.STORE)
                .put("orderId", refunded.getString("orderId"))
                .put("refundId", "r1"))
        .json(201);
    admin.post(RATINGS, rating(refunded, 1)).json(201);
  }

  @Test
  void an_order_of_two_members_is_rated_by_the_first_of_them() {
    JsonObject order = sale(chain.newId("member-"));
    String payer = chain.memberWith(100);
    JsonObject paid = Chain.spending(payer, 10).put("orderId", order.getString("orderId"));
    admin.post("/v1/deductions", paid).json(201);
    admin.post(RATINGS, rating(paid, 5)).json(201);
    JsonObject problem = admin.post(RATINGS, rating(order, 1)).isProblem(409, "rated_by_another");
    assertThat(pointer(problem)).isEqualTo("/memberId");
    assertThat(ofOrder(order).get(0).getInteger("stars")).isEqualTo(5);
  }

  @Test
  void many_calls_for_one_order_at_once_make_one_rating() {
    JsonObject order = sale(chain.newId("member-"));
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> admin.post(RATINGS, rating(order, 1 + i % 5))))
            .toList();
    List<Integer> statuses = calls.stream().map(it -> it.join().status()).sorted().toList();
    assertThat(statuses.get(0)).isEqualTo(200);
    assertThat(statuses.stream().filter(it -> it == 201)).hasSize(1);
    assertThat(statuses).containsOnly(200, 201);
    assertThat(ofOrder(order)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\\nlines", "\\u0000", "   ", ""})
  void a_text_is_readable(String text) {
    JsonObject wanted = rating(sale(chain.newId("member-")), 3);
    String body = wanted.encode().replace("}", ",\"text\":\"" + text + "\"}");
    admin
        .breaking()
        .with("Idempotency-Key", Caller.newKey())
        .send("POST", RATINGS, body)
        .isInvalid("/text");
  }

  @Test
  void stars_and_the_length_of_a_text_have_limits() {
    JsonObject order = sale(chain.newId("member-"));
    Caller bad = admin.breaking();
    bad.post(RATINGS, rating(order, 0)).isInvalid("/stars");
    bad.post(RATINGS, rating(order, 6)).isInvalid("/stars");
    bad.post(RATINGS, rating(order, 5).put("text", "x".repeat(501))).isInvalid("/text");
    assertThat(ofOrder(order)).isEmpty();
    admin.post(RATINGS, rating(order, 5).put("text", "☕".repeat(500))).json(201);
  }

  @Test
  void head_office_hides_a_rating_with_a_reason_and_the_trail_says_so() {
    JsonObject order = sale(chain.newId("member-"));
    JsonObject given = admin.post(RATINGS, rating(order, 1).put("text", "rude words")).json(201);
    Caller office = Person.of(gateway, chain, List.of("headOffice")).signIn();
    JsonObject hidden =
        office.post(path(given) + "/hide", new JsonObject().put("reason", "rude")).json(200);
    assertThat(hidden.getBoolean("hidden")).isTrue();
    assertThat(hidden.getString("hiddenReason")).isEqualTo("rude");
    assertThat(hidden.getString("hiddenAt")).isNotNull();
    String ofMember = RATINGS + "?memberId=" + order.getString("memberId");
    assertThat(admin.get(ofMember + "&hidden=false").items()).isEmpty();
    assertThat(admin.get(ofMember + "&hidden=true").items()).containsExactly(hidden);
    assertThat(admin.get(ofMember).items()).containsExactly(hidden);

    JsonObject again = admin.post(RATINGS, rating(order, 2)).json(200);
    assertThat(again.getBoolean("hidden")).as("after the member changed it").isTrue();
    JsonObject shown = office.post(path(given) + "/show", new JsonObject()).json(200);
    assertThat(shown.getBoolean("hidden")).isFalse();
    assertThat(shown.containsKey("hiddenReason")).isFalse();

    String subject = "&subject=rating:" + given.getString("ratingId");
    List<JsonObject> rows = admin.get("/v1/audit-trail?limit=9" + subject).items();
    assertThat(rows)
        .extracting(it -> it.getString("action"))
        .containsExactly("rating.show", "rating.hide");
    assertThat(rows.get(1).getJsonObject("before"))
        .isEqualTo(new JsonObject().put("hidden", false).putNull("reason"));
    assertThat(rows.get(1).getJsonObject("after"))
        .isEqualTo(new JsonObject().put("hidden", true).put("reason", "rude"));
    office.post(path(given) + "/show", new JsonObject()).json(200);
    assertThat(admin.get("/v1/audit-trail?limit=9" + subject).items()).hasSize(2);
    office
        .post(RATINGS + "/999999/hide", new JsonObject().put("reason", "rude"))
        .isProblem(404, "not_found");
  }

  @Test
  void figures_count_the_ratings_of_a_store_and_day_that_are_not_hidden() {
    String shop = chain.newId("shop-");
    chain.store(shop);
    String member = chain.newId("member-");
    String ofStore = "/v1/figures?by=store&storeId=" + shop;
    rate(member, shop, 5);
    rate(member, shop, 5);
    String hidden = RATINGS + "/" + rate(member, shop, 1);
    JsonObject order = chain.order(member, 500).put("storeId", shop);
    admin.post("/v1/accruals", order).json(201);
    admin.post(RATINGS, rating(order, 2)).json(201);
    admin.post(RATINGS, rating(order, 3)).json(200);
    assertStars(admin.get(ofStore).json(200), 4, "3.50");
    admin.post(hidden + "/hide", new JsonObject().put("reason", "r")).json(200);
    admin.post(hidden + "/hide", new JsonObject().put("reason", "s")).json(200);
    assertStars(admin.get(ofStore).json(200), 3, "4.33");
    assertStars(admin.get("/v1/figures?by=day&storeId=" + shop).json(200), 3, "4.33");
    admin.post(hidden + "/show", new JsonObject()).json(200);
    assertStars(admin.get(ofStore).json(200), 4, "3.50");
    JsonObject channels = admin.get("/v1/figures?by=channel&storeId=" + shop).json(200);
    assertThat(channels.getJsonObject("totals").getLong("ratings")).isEqualTo(4);
    assertThat(channels.getJsonArray("items").encode()).doesNotContain("ratings");
  }

  @Test
  void a_store_that_was_rated_on_a_day_without_sales_is_in_the_figures_of_the_day() {
    String shop = chain.newId("shop-");
    chain.store(shop);
    JsonObject order =
        chain
            .order(chain.newId("member-"), 500)
            .put("storeId", shop)
            .put("occurredAt", Instant.now().minus(Duration.ofDays(3)).toString());
    admin.post("/v1/accruals", order).json(201);
    gateway.clock().moveTo(Instant.now().plus(Duration.ofDays(3)));
    admin.post(RATINGS, rating(order, 4)).json(201);
    JsonObject figures = admin.get("/v1/figures?by=store&storeId=" + shop).json(200);
    assertStars(figures, 1, "4.00");
    assertThat(figures.getJsonObject("totals").getLong("orders")).isZero();
  }

  private static void assertStars(JsonObject figures, long ratings, String average) {
    for (JsonObject sums :
        List.of(figures.getJsonObject("totals"), figures.getJsonArray("items").getJsonObject(0))) {
      assertThat(sums.getLong("ratings")).isEqualTo(ratings);
      assertThat(sums.getString("averageStars")).isEqualTo(average);
    }
  }

  @Test
  void pages_go_from_the_newest_to_the_oldest_while_more_come_in() {
    String shop = chain.newId("shop-");
    chain.store(shop);
    String member = chain.newId("member-");
    List<String> given =
        IntStream.range(0, 5).mapToObj(i -> rate(member, shop, 1 + i % 2)).toList();
    String all = RATINGS + "?limit=2&storeId=" + shop;
    JsonObject first = admin.get(all).json(200);
    assertThat(ids(first)).containsExactly(given.get(4), given.get(3));
    rate(member, shop, 5);
    JsonObject second = admin.get(all + "&cursor=" + first.getString("nextCursor")).json(200);
    assertThat(ids(second)).containsExactly(given.get(2), given.get(1));
    JsonObject third = admin.get(all + "&cursor=" + second.getString("nextCursor")).json(200);
    assertThat(ids(third)).containsExactly(given.get(0));
    assertThat(third.getBoolean("hasMore")).isFalse();
    assertThat(ids(admin.get(RATINGS + "?stars=2&storeId=" + shop).json(200)))
        .containsExactly(given.get(3), given.get(1));
    String at = admin.get(RATINGS + "/" + given.get(2)).json(200).getString("givenAt");
    List<JsonObject> before = admin.get(RATINGS + "?storeId=" + shop + "&to=" + at).items();
    List<JsonObject> since = admin.get(RATINGS + "?storeId=" + shop + "&from=" + at).items();
    assertThat(before.size() + since.size()).isEqualTo(6);
    assertThat(since).extracting(it -> it.getString("ratingId")).contains(given.get(2));
    admin.get(RATINGS + "?from=" + at + "&to=" + at).isProblem(400, "invalid_query");
    for (String wrong :
        List.of("stars=6", "hidden=perhaps", "storeId=%20", "cursor=!", "limit=0")) {
      admin.breaking().get(RATINGS + "?" + wrong).isProblem(400, "invalid_query");
    }
  }

  @Test
  void a_caller_that_is_bound_to_a_store_sees_and_gives_those_of_its_store_only() {
    String shop = chain.newId("shop-");
    chain.store(shop);
    String member = chain.newId("member-");
    JsonObject elsewhere = sale(member);
    JsonObject foreign = admin.post(RATINGS, rating(elsewhere, 1)).json(201);
    String own = rate(member, shop, 5);
    Caller manager = Person.of(gateway, chain, List.of("storeManager"), shop).signIn();
    for (Caller bound : List.of(manager, chain.key("store", shop))) {
      assertThat(ids(bound.get(RATINGS).json(200))).containsExactly(own);
      bound.get(RATINGS + "?storeId=" + Chain.STORE).isProblem(403, "store_out_of_scope");
      bound.get(path(foreign)).isProblem(403, "store_out_of_scope");
    }
    chain
        .key("store", shop)
        .post(RATINGS, rating(elsewhere, 2))
        .isProblem(403, "store_out_of_scope");
    manager
        .post(RATINGS + "/" + own + "/hide", new JsonObject().put("reason", "mine"))
        .isProblem(403, "forbidden");
    JsonObject far = Chain.open(gateway, "far").admin().get(RATINGS).json(200);
    assertThat(far.getJsonArray("items")).isEmpty();
  }

  @Test
  void events_tell_of_each_change_without_the_words_of_the_member() {
    JsonObject order = sale(chain.newId("member-"));
    JsonObject given = admin.post(RATINGS, rating(order, 1).put("text", "secret words")).json(201);
    admin.post(RATINGS, rating(order, 2).put("text", "secret words")).json(200);
    admin.post(RATINGS, rating(order, 2).put("text", "secret words")).json(200);
    admin.post(path(given) + "/hide", new JsonObject().put("reason", "r")).json(200);
    admin.post(path(given) + "/show", new JsonObject()).json(200);
    String types = "rating.given,rating.changed,rating.hidden,rating.shown";
    String events = "/v1/events?limit=200&types=" + types + "&since=" + given.getString("givenAt");
    List<JsonObject> seen = List.of();
    for (int i = 0; i < 100 && seen.size() < 4; i++) {
      seen =
          admin.get(events + "&wait=PT1S").items().stream()
              .filter(it -> it.getString("subject").equals(given.getString("ratingId")))
              .toList();
    }
    assertThat(seen)
        .extracting(it -> it.getString("type"))
        .containsExactly("rating.given", "rating.changed", "rating.hidden", "rating.shown");
    assertThat(seen.get(1).getJsonObject("data"))
        .isEqualTo(
            new JsonObject()
                .put("ratingId", given.getString("ratingId"))
                .put("storeId", Chain.STORE)
                .put("orderId", order.getString("orderId"))
                .put("memberId", order.getString("memberId"))
                .put("stars", 2)
                .put("hidden", false));
    assertThat(seen.toString()).doesNotContain("secret");
  }

  private String rate(String member, String shop, int stars) {
    JsonObject order = chain.order(member, 500).put("storeId", shop);
    admin.post("/v1/accruals", order).json(201);
    return admin.post(RATINGS, rating(order, stars)).json(201).getString("ratingId");
  }

  private JsonObject sale(String member) {
    JsonObject order = chain.order(member, 500);
    admin.post("/v1/accruals", order).json(201);
    return order;
  }

  /** The body of a rating of an order. */
  static JsonObject rating(JsonObject order, int stars) {
    return new JsonObject()
        .put("memberId", order.getString("memberId"))
        .put("storeId", order.getString("storeId", Chain.STORE))
        .put("orderId", order.getString("orderId", "none"))
        .put("stars", stars);
  }

  private List<JsonObject> ofOrder(JsonObject order) {
    return admin
        .get(RATINGS + "?storeId=" + Chain.STORE + "&orderId=" + order.getString("orderId"))
        .items();
  }

  private static String path(JsonObject rating) {
    return RATINGS + "/" + rating.getString("ratingId");
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(it -> ((JsonObject) it).getString("ratingId"))
        .toList();
  }

  private static String pointer(JsonObject problem) {
    return problem.getJsonArray("errors").getJsonObject(0).getString("pointer");
  }
}
