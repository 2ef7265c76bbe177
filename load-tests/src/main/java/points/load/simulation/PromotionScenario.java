package points.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/** The calls of a promotion day, in their proportions; notes each write and its answer. */
final class PromotionScenario {

  private final PromotionPlan plan;
  private final Participants participants;
  private final Outcomes outcomes;

  PromotionScenario(PromotionPlan plan, Participants participants, Outcomes outcomes) {
    this.plan = plan;
    this.participants = participants;
    this.outcomes = outcomes;
  }

  /** The gateway, and the key of the callers. */
  HttpProtocolBuilder protocol() {
    return http.baseUrl(plan.target().url().toString())
        .authorizationHeader("Bearer " + plan.target().key())
        .contentTypeHeader("application/json")
        .shareConnections();
  }

  /** One caller, with one call. */
  ScenarioBuilder build() {
    return scenario("promotion day")
        .feed(new CallFeeder(participants, plan.hotPercent()))
        .exec(
            randomSwitch()
                .on(
                    percent(40.0).then(read("balance")),
                    percent(15.0).then(read("entries")),
                    percent(5.0).then(read("lots")),
                    percent(30.0).then(accrual()),
                    percent(10.0).then(deduction())));
  }

  private static ChainBuilder read(String what) {
    return exec(http(what).get("/v1/members/#{memberId}/" + what).check(status().is(200)));
  }

  private ChainBuilder accrual() {
    return write(
        http("accrual")
            .post("/v1/accruals")
            .header("Idempotency-Key", "#{orderId}")
            .body(StringBody(PromotionScenario::accrualBody))
            .check(
                status().is(201).saveAs("status"), jsonPath("$.points").ofLong().saveAs("changed")),
        1);
  }

  private ChainBuilder deduction() {
    return write(
        http("deduction")
            .post("/v1/deductions")
            .header("Idempotency-Key", "#{orderId}")
            .body(StringBody(PromotionScenario::deductionBody))
            .check(status().in(201, 409).saveAs("status"))
            .checkIf((response, session) -> response.status().code() == 409)
            .then(jsonPath("$.code").is("insufficient_points"))
            .checkIf((response, session) -> response.status().code() == 201)
            .then(jsonPath("$.points").ofLong().saveAs("changed")),
        -1);
  }

  /** Notes that the order is under way before it is sent, and its answer afterwards. */
  private ChainBuilder write(HttpRequestActionBuilder request, int sign) {
    return exec(session -> {
          outcomes.sent(text(session, "memberId"), text(session, "orderId"));
          return session;
        })
        .exec(request)
        .exec(
            session -> {
              note(session, sign);
              return session;
            });
  }

  private void note(Session session, int sign) {
    String memberId = text(session, "memberId");
    String orderId = text(session, "orderId");
    if (session.isFailed()) {
      return;
    }
    if (session.getInt("status") == 409) {
      outcomes.refused(memberId, orderId);
    } else {
      outcomes.acknowledged(memberId, orderId, sign * session.getLong("changed"));
    }
  }

  private static String accrualBody(Session session) {
    return order(session)
        .put("occurredAt", Instant.now().toString())
        .put("amount", session.getLong("amount"))
        .encode();
  }

  private static String deductionBody(Session session) {
    return order(session)
        .put("points", session.getLong("points"))
        .put("reason", "promotion voucher")
        .encode();
  }

  private static JsonObject order(Session session) {
    return new JsonObject()
        .put("memberId", text(session, "memberId"))
        .put("storeId", text(session, "storeId"))
        .put("orderId", text(session, "orderId"));
  }

  private static String text(Session session, String name) {
    return Objects.requireNonNull(session.getString(name), name);
  }
}
