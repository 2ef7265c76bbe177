package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.BatchCaller.code;
import static points.gateway.fixture.BatchCaller.line;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Orders that come in so late that somebody looks at them first. */
@WithGateway
class ReviewsIT {

  private static final Duration WINDOW = Duration.ofDays(3);

  private final Chain chain;
  private final BatchCaller batches;

  ReviewsIT(LocalGateway gateway, Chain chain) {
    this.chain = chain;
    this.batches = new BatchCaller(chain.admin());
  }

  @Test
  void books_orders_in_the_late_window_and_reviews_later_ones() {
    Instant now = Instant.now();
    JsonObject justIn = late("in", now.minus(WINDOW).plusSeconds(60));
    JsonObject justOut = late("out", now.minus(WINDOW).minusSeconds(1));
    JsonObject topUp = late("top-up", now.minus(WINDOW).minusSeconds(1)).put("type", "topUp");

    List<JsonObject> answers = batches.send(justIn, justOut, topUp);

    assertThat(answers).extracting(it -> it.getInteger("status")).containsExactly(201, 202, 202);
    assertThat(answers.get(1).getJsonObject("body").getString("status")).isEqualTo("review");
    assertThat(answers.get(1).getBoolean("replayed")).isFalse();
    assertThat(chain.entries("out")).isZero();
    assertThat(chain.entries("top-up")).isZero();
    JsonObject review = review(answers.get(1));
    assertThat(review.getString("orderId")).isEqualTo(justOut.getString("orderId"));
    assertThat(review.getJsonObject("content").getLong("amount")).isEqualTo(500);
  }

  @Test
  void a_single_call_is_decided_however_old_its_order_is() {
    JsonObject order = old("single");

    chain.admin().post("/v1/accruals", without(order)).json(201);

    assertThat(chain.entries("single")).isPositive();
    JsonObject again = batches.send(order).get(0);
    assertThat(again.getInteger("status")).isEqualTo(201);
    assertThat(again.getBoolean("replayed")).isTrue();
  }

  @Test
  void a_till_that_sends_again_finds_the_same_review_under_any_key() {
    JsonObject order = old("again");
    JsonObject first = batches.send(order).get(0);

    JsonObject sameKey = batches.send(order).get(0);
    JsonObject newKey = batches.send(order.copy().put("key", Caller.newKey())).get(0);
    JsonObject otherContent = batches.send(order.copy().put("amount", 600)).get(0);
    JsonObject otherOrder =
        batches.send(order.copy().put("amount", 600).put("key", Caller.newKey())).get(0);

    assertThat(sameKey).isEqualTo(first.copy().put("replayed", true));
    assertThat(newKey.getJsonObject("body")).isEqualTo(first.getJsonObject("body"));
    assertThat(code(otherContent)).isEqualTo("422 idempotency_key_reused");
    assertThat(code(otherOrder)).isEqualTo("409 order_already_processed");
    assertThat(chain.entries("again")).isZero();
  }

  @Test
  void an_accepted_review_is_booked_once_under_the_tills_own_key() {
    JsonObject order = old("accepted");
    String path = path(batches.send(order).get(0));
    String key = Caller.newKey();

    Answer accepted = chain.admin().post(path + "/accept", key, decision());
    Answer again = chain.admin().post(path + "/accept", key, decision());
    Answer other = chain.admin().post(path + "/accept", decision());
    Answer rejected = chain.admin().post(path + "/reject", decision());

    assertThat(accepted.json(200).getString("status")).isEqualTo("accepted");
    assertThat(accepted.json(200).getString("transactionId")).isEqualTo("accepted-1");
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(accepted.body());
    other.isProblem(409, "review_already_decided");
    rejected.isProblem(409, "review_already_decided");
    chain
        .admin()
        .post(path + "/accept", key, decision().put("reason", "another"))
        .isProblem(422, "idempotency_key_reused");
    assertThat(chain.balance("accepted").getLong("available")).isEqualTo(5);
    assertThat(chain.entries("accepted")).isEqualTo(1);
    JsonObject tills = batches.send(order).get(0);
    assertThat(tills.getInteger("status")).isEqualTo(201);
    assertThat(tills.getBoolean("replayed")).isTrue();
  }

  @Test
  void a_rejected_review_earns_nothing_and_the_till_learns_it() {
    JsonObject order = old("rejected");
    String path = path(batches.send(order).get(0));
    String key = Caller.newKey();

    Answer rejected = chain.admin().post(path + "/reject", key, decision());

    assertThat(rejected.json(200).getString("status")).isEqualTo("rejected");
    assertThat(chain.admin().post(path + "/reject", key, decision()).isReplay()).isTrue();
    chain.admin().post(path + "/accept", decision()).isProblem(409, "review_already_decided");
    JsonObject tills = batches.send(order).get(0);
    assertThat(tills.getInteger("status")).isEqualTo(202);
    assertThat(tills.getJsonObject("body").getString("status")).isEqualTo("rejected");
    assertThat(chain.entries("rejected")).isZero();
  }

  @Test
  void an_order_that_the_ledger_refuses_stays_in_review() {
    chain.earn("refused", 100);
    String path = path(batches.send(old("refused")).get(0));
    chain.admin().post("/v1/members/refused/freeze", reason()).json(200);

    chain.admin().post(path + "/accept", decision()).isProblem(409, "member_frozen");

    assertThat(chain.admin().get(path).json(200).getString("status")).isEqualTo("review");
    chain.admin().post("/v1/members/refused/unfreeze", reason()).json(200);
    chain.admin().post(path + "/accept", decision()).json(200);
    assertThat(chain.balance("refused").getLong("available")).isEqualTo(6);
  }

  @Test
  void an_order_that_was_processed_meanwhile_is_not_processed_again() {
    JsonObject order = old("meanwhile");
    String path = path(batches.send(order).get(0));
    chain.admin().post("/v1/accruals", without(order)).json(201);

    JsonObject accepted = chain.admin().post(path + "/accept", decision()).json(200);

    assertThat(accepted.getString("transactionId")).isEqualTo("meanwhile-1");
    assertThat(chain.entries("meanwhile")).isEqualTo(1);
  }

  @Test
  void is_listed_page_by_page_for_head_office_only() {
    for (int i = 0; i < 3; i++) {
      batches.send(old("listed"));
    }
    JsonObject page = chain.admin().get("/v1/reviews?status=review&limit=2").json(200);
    assertThat(page.getJsonArray("items")).hasSize(2);
    String next = page.getString("nextCursor");
    JsonObject rest = chain.admin().get("/v1/reviews?status=review&cursor=" + next).json(200);

    assertThat(rest.getJsonArray("items")).isNotEmpty();
    chain.admin().breaking().get("/v1/reviews?status=lost").isProblem(400, "invalid_query");
    chain.admin().breaking().get("/v1/reviews/0").isProblem(404, "review_not_found");
    chain
        .admin()
        .post("/v1/reviews/999999999/accept", decision())
        .isProblem(404, "review_not_found");
    chain.key("store", Chain.STORE).get("/v1/reviews").isProblem(403, "forbidden");
    chain.key("reader").post("/v1/reviews/1/reject", decision()).isProblem(403, "forbidden");
    chain
        .admin()
        .breaking()
        .post("/v1/reviews/1/reject", new JsonObject())
        .isInvalid("/operator", "/reason");
  }

  @Test
  void a_till_files_nothing_for_another_store() {
    if (chain.admin().get("/v1/stores").items().size() < 2) {
      chain.store("S2");
    }
    var till = new BatchCaller(chain.key("store", "S2"));

    assertThat(code(till.send(old("scoped")).get(0))).isEqualTo("403 store_out_of_scope");
  }

  private JsonObject old(String member) {
    return late(member, Instant.now().minus(WINDOW).minusSeconds(3_600));
  }

  private JsonObject late(String member, Instant occurredAt) {
    JsonObject order = chain.order(member, 500).put("occurredAt", occurredAt.toString());
    return line("accrual", Caller.newKey(), order);
  }

  private static JsonObject without(JsonObject line) {
    JsonObject body = line.copy();
    body.remove("type");
    body.remove("key");
    return body;
  }

  private JsonObject review(JsonObject answer) {
    return chain.admin().get(path(answer)).json(200);
  }

  private static String path(JsonObject answer) {
    return "/v1/reviews/" + answer.getJsonObject("body").getString("reviewId");
  }

  private static JsonObject decision() {
    return new JsonObject().put("reason", "the till was in repair").put("operator", "Li Na");
  }

  private static JsonObject reason() {
    return new JsonObject().put("reason", "lost");
  }
}
