package points.gateway.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The tiers of members over HTTP, by the rule book of the examples. */
@WithGateway
class TierIT {

  private static final AtomicInteger CHAINS = new AtomicInteger();

  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  TierIT(LocalGateway gateway) {
    this.gateway = gateway;
    this.chain = Chain.open(gateway, "tiers" + CHAINS.incrementAndGet());
    this.admin = chain.admin();
  }

  @AfterEach
  void resetClock() {
    gateway.clock().reset();
  }

  /** Publishes the example without its promotions, brackets and caps: a point a yuan. */
  private void publish() throws IOException {
    var book = new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
    for (String rules :
        new String[] {"promotions", "brackets", "caps", "examples", "stacking", "sets", "ratios"}) {
      book.remove(rules);
    }
    price(book);
    admin.post("/v1/rule-books", book).json(201);
    JsonObject published = admin.post("/v1/rule-books/2026-12/publish", new JsonObject()).json(201);
    gateway.clock().moveTo(Instant.parse(published.getString("inForceFrom")));
    Await.until(
        "the book to be in force",
        () -> admin.get("/v1/program").json(200).getJsonObject("ruleBookInForce") != null);
  }

  private JsonObject sell(String member, long amount, Duration ago) {
    Instant paid = gateway.clock().now().minus(ago);
    JsonObject order = chain.order(member, amount).put("occurredAt", paid.toString());
    return admin.post("/v1/accruals", order).json(201);
  }

  /** The book that is to be published, with gold for 500 points and three months. */
  private static void price(JsonObject book) {
    book.getJsonObject("tiers")
        .getJsonArray("levels")
        .getJsonObject(1)
        .put("upgradePrice", new JsonObject().put("points", 500).put("validity", "P3M"));
  }

  private static JsonObject grant(String level) {
    return new JsonObject()
        .put("tier", level)
        .put("reason", "sorry for the wait")
        .put("operator", "li.na");
  }

  private JsonObject upgrade() {
    return new JsonObject().put("tier", "gold").put("storeId", Chain.STORE);
  }

  @Test
  void a_tier_is_given_for_a_time_and_taken_away() throws IOException {
    publish();
    String member = chain.memberWith(0);
    String path = "/v1/members/" + member + "/tier";
    JsonObject given = admin.post(path, grant("gold").put("for", "P1M")).json(201);
    assertThat(given.getJsonObject("tier").getString("reason")).isEqualTo("grant");
    assertThat(given.getJsonObject("tier").getString("to")).isEqualTo("gold");
    String until = given.getJsonObject("tier").getJsonObject("given").getString("until");
    assertThat(until).endsWith("T16:00:00Z");

    JsonObject gold = tier(member);
    assertThat(gold.getJsonObject("tier").getString("level")).isEqualTo("gold");
    assertThat(gold.getString("until")).isEqualTo(until);
    assertThat(gold.getJsonObject("outlook"))
        .isEqualTo(new JsonObject().put("at", until).put("tier", "silver").put("reason", "end"));
    assertThat(gold.getJsonArray("given").getJsonObject(0).getString("tier")).isEqualTo("gold");
    assertThat(sell(member, 1_000, Duration.ZERO).getLong("points")).isEqualTo(15);

    JsonObject away = admin.post(path + "/withdraw", grant("gold")).json(201);
    assertThat(away.getJsonObject("tier").getString("reason")).isEqualTo("withdrawal");
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("silver");
    admin.post(path + "/withdraw", grant("gold")).isProblem(409, "tier_not_given");
    assertThat(admin.get(path + "/history").items())
        .extracting(it -> it.getString("kind") + " " + it.getString("because"))
        .containsExactly("tier_withdrawal sorry for the wait", "tier_grant sorry for the wait");
    JsonObject entry =
        admin.get("/v1/members/" + member + "/entries?kind=tier_grant").items().get(0);
    assertThat(entry.getJsonObject("tier").getJsonObject("given").getString("until"))
        .isEqualTo(until);
  }

  @Test
  void a_grant_says_what_is_wrong_with_it() throws IOException {
    publish();
    String member = chain.memberWith(0);
    String path = "/v1/members/" + member + "/tier";
    String later = "2099-01-01T00:00:00Z";
    admin.post(path, grant("gold").put("until", later).put("for", "P1M")).isInvalid("/until");
    admin.post(path, grant("gold").put("for", "P0D")).isInvalid("/for");
    admin.post(path, grant("tin").put("until", later)).isProblem(422, "unknown_tier");
    admin
        .post(path, grant("gold").put("until", "2020-01-01T00:00:00Z"))
        .isProblem(422, "tier_end_passed");
    admin.post("/v1/members/nobody/tier", grant("gold")).isProblem(404, "member_not_found");
    assertThat(tier(member).getJsonArray("given")).isEmpty();
    admin.post(path, grant("gold").put("until", later)).json(201);
    assertThat(tier(member).getString("until")).isEqualTo(later);
  }

  @Test
  void a_tier_is_bought_with_points_at_the_price_of_the_book() throws IOException {
    publish();
    String member = chain.memberWith(0);
    String path = "/v1/members/" + member + "/tier/upgrade";
    assertThat(tier(member).getJsonObject("next").getJsonObject("upgradePrice"))
        .isEqualTo(new JsonObject().put("points", 500).put("validity", "P3M"));
    admin.post(path, upgrade()).isProblem(409, "insufficient_points");
    sell(member, 60_000, Duration.ZERO);
    admin.post(path, upgrade().put("price", 499)).isProblem(409, "price_changed");
    admin.post(path, upgrade().put("tier", "black")).isProblem(409, "tier_not_for_sale");
    String key = Caller.newKey();
    JsonObject bought = admin.post(path, key, upgrade().put("price", 500)).json(201);
    assertThat(bought.getLong("points")).isEqualTo(500);
    assertThat(bought.getLong("balance")).isEqualTo(100);
    assertThat(bought.getJsonObject("tier").getString("reason")).isEqualTo("purchase");
    assertThat(admin.post(path, key, upgrade().put("price", 500)).json(201)).isEqualTo(bought);
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("gold");

    JsonObject reversal =
        new JsonObject()
            .put("transactionId", bought.getString("transactionId"))
            .put("operator", "li.na")
            .put("reason", "not wanted");
    admin.post("/v1/reversals", reversal).json(201);
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("silver");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(600);
    sell(member, 100_000, Duration.ZERO);
    admin.post(path, upgrade()).isProblem(409, "tier_not_higher");
  }

  private JsonObject tier(String member) {
    return admin.get("/v1/members/" + member + "/tier").json(200);
  }

  @Test
  void a_program_without_tiers_says_so_and_an_unknown_member_is_not_found() {
    String member = chain.memberWith(1);
    assertThat(tier(member))
        .isEqualTo(new JsonObject().put("memberId", member).putNull("tier").put("stale", false));
    admin.get("/v1/members/nobody/tier").isProblem(404, "member_not_found");
  }

  @Test
  void an_order_lifts_the_member_and_the_answers_say_so() throws IOException {
    publish();
    String member = chain.memberWith(0);
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("silver");
    assertThat(sell(member, 94_000, Duration.ZERO).containsKey("tier")).isFalse();
    assertThat(tier(member).getJsonObject("next").getLong("missing")).isEqualTo(50);

    JsonObject lifting = sell(member, 5_000, Duration.ZERO);
    var rise = new JsonObject().put("from", "silver").put("to", "gold").put("reason", "rise");
    assertThat(lifting.getJsonObject("tier")).isEqualTo(rise);
    assertThat(lifting.getLong("points")).isEqualTo(50);
    JsonObject entry = admin.get("/v1/members/" + member + "/entries?limit=1").items().get(0);
    assertThat(entry.getJsonObject("tier")).isEqualTo(rise);

    JsonObject gold = tier(member);
    assertThat(gold.getJsonObject("tier").getJsonObject("name").getString("zh")).isEqualTo("金卡");
    assertThat(gold.getJsonObject("tier").getJsonArray("benefits").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("kind", "ratio")
                .put(
                    "text", new JsonObject().put("zh", "1.5 倍积分").put("en", "1.5 times the points"))
                .put("facts", new JsonObject().put("factor", "1.5")));
    assertThat(gold.getString("measured")).isEqualTo("growth");
    assertThat(gold.getLong("amount")).isEqualTo(1_000);
    assertThat(gold.getLong("missingToStay")).isZero();
    assertThat(gold.getJsonObject("next").getString("level")).isEqualTo("black");
    assertThat(gold.getJsonObject("next").getLong("missing")).isEqualTo(4_000);

    assertThat(sell(member, 10_000, Duration.ZERO).getLong("points")).isEqualTo(150);
    assertThat(chain.balance(member).getLong("growth")).isEqualTo(1_100);
  }

  @Test
  void a_preview_says_the_tier_and_changes_nothing() throws IOException {
    publish();
    String member = chain.memberWith(0);
    JsonObject order =
        chain.order(member, 200_000).put("occurredAt", gateway.clock().now().toString());
    JsonObject preview = admin.post("/v1/accruals/preview", order).json(200);
    assertThat(preview.getJsonObject("tier").getString("to")).isEqualTo("gold");
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("silver");
  }

  @Test
  void a_level_that_is_not_earned_again_falls_after_the_days_of_grace() throws IOException {
    publish();
    String member = chain.memberWith(0);
    sell(member, 200_000, Duration.ZERO);
    assertThat(tier(member).getBoolean("inGrace")).isFalse();
    gateway.clock().moveTo(gateway.clock().now().plus(Duration.ofDays(2 * 366)));

    JsonObject grace = tier(member);
    assertThat(grace.getJsonObject("tier").getString("level")).isEqualTo("gold");
    assertThat(grace.getBoolean("inGrace")).isTrue();
    assertThat(grace.getLong("missingToStay")).isEqualTo(1_000);
    gateway.clock().moveTo(gateway.clock().now().plus(Duration.ofDays(31)));
    assertThat(tier(member).getJsonObject("tier").getString("level")).isEqualTo("silver");

    sell(member, 100, Duration.ZERO);
    String reviews = "/v1/members/" + member + "/entries?kind=tier_review";
    assertThat(admin.get(reviews).items())
        .extracting(it -> it.getJsonObject("tier").getString("reason"))
        .containsExactly("fall", "grace", "kept");
    String history = "/v1/members/" + member + "/tier/history";
    assertThat(admin.get(history).items())
        .extracting(
            it -> it.getString("kind") + " " + it.getString("from") + " " + it.getString("to"))
        .containsExactly(
            "tier_review gold silver",
            "tier_review gold gold",
            "tier_review gold gold",
            "accrual silver gold");
    JsonObject page = admin.get(history + "?limit=3").json(200);
    assertThat(page.getBoolean("hasMore")).isTrue();
    assertThat(admin.get(history + "?cursor=" + page.getString("nextCursor")).items())
        .extracting(it -> it.getString("reason"))
        .containsExactly("rise");
    admin.get("/v1/members/nobody/tier/history").isProblem(404, "member_not_found");
  }
}
