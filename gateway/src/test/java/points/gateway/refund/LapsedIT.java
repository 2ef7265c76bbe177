package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Points that expired while they were held or spent, and points that were owed: answers say so. */
@WithGateway
class LapsedIT {

  private final Chain chain;
  private final LocalGateway gateway;

  LapsedIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
  }

  /** Points expire on whole seconds. */
  private static Instant soon() {
    return Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
  }

  private String memberWith(long points, Instant expiresAt) {
    String member = chain.newId("member-");
    var opening = new JsonObject().put("points", points).put("expiresAt", expiresAt.toString());
    chain.admin().post("/v1/members/" + member + "/opening", opening).json(201);
    return member;
  }

  /** Points that were earned then have expired. */
  private static String longAgo() {
    return Instant.now().minus(400, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private JsonObject hold(String member, long points) {
    var wanted =
        new JsonObject().put("memberId", member).put("storeId", Chain.STORE).put("points", points);
    return chain.admin().post("/v1/holds", wanted).json(201);
  }

  private JsonObject end(JsonObject hold, String how, JsonObject wanted) {
    String path = "/v1/holds/" + hold.getString("holdId") + how;
    return chain.admin().post(path, wanted).json(200);
  }

  @Test
  void points_that_a_hold_frees_after_their_expiry_expire_at_once() {
    Instant expiresAt = soon();
    String released = memberWith(40, expiresAt);
    String captured = memberWith(40, expiresAt);
    JsonObject whole = hold(released, 30);
    JsonObject part = hold(captured, 30);
    gateway.clock().moveTo(expiresAt);
    assertThat(chain.balance(released).getLong("available")).isZero();
    assertThat(chain.balance(released).getLong("held")).isEqualTo(30);

    JsonObject release = end(whole, "/release", new JsonObject());
    JsonObject capture = end(part, "/capture", new JsonObject().put("points", 10));

    assertThat(release.getLong("released")).isZero();
    assertThat(release.getLong("expiredOnReturn")).isEqualTo(30);
    assertThat(release.getLong("balance")).isZero();
    assertThat(capture.getLong("points")).isEqualTo(10);
    assertThat(capture.getLong("released")).isZero();
    assertThat(capture.getLong("expiredOnReturn")).isEqualTo(20);
    assertThat(capture.getLong("balance")).isZero();
    assertThat(chain.balance(captured).getLong("lifetimeSpent")).isEqualTo(10);
    for (String member : new String[] {released, captured}) {
      assertThat(
              chain.admin().get("/v1/members/" + member + "/proof").json(200).getBoolean("holds"))
          .isTrue();
    }
  }

  @Test
  void points_that_a_refund_gives_back_after_their_expiry_expire_at_once() {
    Instant expiresAt = soon();
    String member = memberWith(40, expiresAt);
    String order = chain.newId("order-");
    var spending = Chain.spending(member, 25).put("orderId", order);
    chain.admin().post("/v1/deductions", spending).json(201);
    gateway.clock().moveTo(expiresAt);

    JsonObject refund = refund(order);

    assertThat(refund.getLong("pointsGivenBack")).isEqualTo(25);
    assertThat(refund.getLong("expiredOnReturn")).isEqualTo(25);
    assertThat(refund.getLong("balance")).isZero();
    assertThat(chain.balance(member).getLong("available")).isZero();
  }

  @Test
  void a_reversed_deduction_names_its_points_that_expired_meanwhile() {
    Instant expiresAt = soon();
    String member = memberWith(40, expiresAt);
    JsonObject spent = chain.admin().post("/v1/deductions", Chain.spending(member, 25)).json(201);
    gateway.clock().moveTo(expiresAt);

    var wanted =
        new JsonObject()
            .put("transactionId", spent.getString("transactionId"))
            .put("reason", "by mistake")
            .put("operator", "Li Lei");
    JsonObject reversal = chain.admin().post("/v1/reversals", wanted).json(201);

    assertThat(reversal.getLong("expiredOnReturn")).isEqualTo(25);
    assertThat(reversal.getLong("balance")).isZero();
  }

  @Test
  void owed_points_are_repaid_first_and_the_answers_say_how_much() {
    String member = chain.newId("member-");
    JsonObject order = chain.order(member, 5_000);
    chain.admin().post("/v1/accruals", order).json(201);
    chain.admin().post("/v1/deductions", Chain.spending(member, 30)).json(201);
    assertThat(refund(order.getString("orderId")).getLong("debt")).isEqualTo(30);

    JsonObject first = chain.earn(member, 2_000);
    JsonObject gift = chain.admin().post("/v1/adjustments", Chain.adjustment(member, 4)).json(201);
    JsonObject last = chain.earn(member, 4_000);
    JsonObject none = chain.earn(member, 100);

    assertThat(first.getLong("points")).isEqualTo(20);
    assertThat(first.getLong("debtRepaid")).isEqualTo(20);
    assertThat(first.getLong("balance")).isZero();
    assertThat(gift.getLong("debtRepaid")).isEqualTo(4);
    assertThat(last.getLong("debtRepaid")).isEqualTo(6);
    assertThat(last.getLong("balance")).isEqualTo(34);
    assertThat(none.containsKey("debtRepaid")).isFalse();
    assertThat(chain.balance(member).getLong("available")).isEqualTo(35);
  }

  @Test
  void points_expired_on_arrival_are_not_in_the_balance_of_the_answer() {
    String longAgo = longAgo();
    String member = chain.memberWith(5);
    JsonObject order = chain.order(member, 10_000).put("occurredAt", longAgo);
    var opening = new JsonObject().put("points", 7).put("expiresAt", longAgo);

    JsonObject preview = chain.admin().postPlain("/v1/accruals/preview", order).json(200);
    JsonObject earned = chain.admin().post("/v1/accruals", order).json(201);
    JsonObject opened = chain.admin().post("/v1/members/" + member + "/opening", opening).json(201);

    for (JsonObject answer : List.of(preview, earned)) {
      assertThat(answer.getLong("points")).isEqualTo(100);
      assertThat(answer.getLong("expiredOnArrival")).isEqualTo(100);
      assertThat(answer.getLong("balance")).isEqualTo(5);
    }
    assertThat(opened.getLong("expiredOnArrival")).isEqualTo(7);
    assertThat(opened.getLong("balance")).isEqualTo(5);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(5);
  }

  @Test
  void points_expired_when_they_become_effective_are_not_in_the_balance_of_the_answer() {
    String member = chain.memberWith(5);
    JsonObject order =
        chain.order(member, 10_000).put("occurredAt", longAgo()).put("pending", new JsonObject());
    String waiting = chain.admin().post("/v1/accruals", order).json(201).getString("transactionId");

    JsonObject ended =
        chain.admin().post("/v1/pending/" + waiting + "/activate", new JsonObject()).json(200);

    assertThat(ended.getLong("points")).isEqualTo(100);
    assertThat(ended.getLong("expiredOnArrival")).isEqualTo(100);
    assertThat(ended.getLong("balance")).isEqualTo(5);
    assertThat(chain.balance(member).getLong("available")).isEqualTo(5);
  }

  private JsonObject refund(String orderId) {
    var wanted =
        new JsonObject().put("storeId", Chain.STORE).put("orderId", orderId).put("refundId", "R1");
    return chain.admin().post("/v1/refunds", wanted).json(201);
  }
}
