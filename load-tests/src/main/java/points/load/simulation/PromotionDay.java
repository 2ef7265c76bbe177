package points.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import points.load.model.Mismatch;

/**
 * Simulates a chain on promotion day, in an open model.
 *
 * <p>Callers arrive at a rate of their own, however long earlier ones wait. Of their calls 60 %
 * read (balance, entries, lots), 30 % are accruals and 10 % deductions, over many stores and
 * members, a good share of them on one hot member. A deduction refused for want of points is a good
 * answer.
 *
 * <p>Fails when any call failed, when 99 of 100 calls took longer than the limit, or when
 * afterwards any member's books disagree with themselves or with the answers that tills got. Its
 * size is set by system properties, see {@link PromotionPlan}.
 */
public final class PromotionDay extends Simulation {
  private static final int SHOWN = 10;

  private final PromotionPlan plan = PromotionPlan.ofThisProcess();
  private final Participants participants = Participants.of(plan, System.currentTimeMillis());
  private final Outcomes outcomes = new Outcomes();

  /** Gatling makes the one instance. */
  public PromotionDay() {
    setUp(
            promotion()
                .injectOpen(
                    rampUsersPerSec(Math.max(1, plan.rate() / 10))
                        .to(plan.rate())
                        .during(plan.ramp()),
                    constantUsersPerSec(plan.rate()).during(plan.steady())))
        .protocols(protocol())
        .assertions(
            global().failedRequests().count().is(0L),
            global().responseTime().percentile(99.0).lt((int) plan.p99Max().toMillis()));
  }

  /** Makes stores and opening balances. */
  @Override
  public void before() {
    try (PromotionSetup setup = new PromotionSetup(plan)) {
      setup.setUp(participants, outcomes);
    }
  }

  /** Audits every member; Gatling ends with an error when this throws. */
  @Override
  public void after() {
    List<Mismatch> mismatches;
    try (PromotionSetup setup = new PromotionSetup(plan)) {
      mismatches = setup.audit(participants, outcomes);
    }
    mismatches.stream().limit(SHOWN).forEach(System.out::println);
    if (!mismatches.isEmpty()) {
      throw new IllegalStateException("Balance audit: " + mismatches.size() + " mismatches");
    }
    System.out.printf("Balance audit: %,d members, no mismatch%n", participants.members().size());
  }

  private HttpProtocolBuilder protocol() {
    return http.baseUrl(plan.target().url().toString())
        .authorizationHeader("Bearer " + plan.target().key())
        .contentTypeHeader("application/json")
        .shareConnections();
  }

  private ScenarioBuilder promotion() {
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
            .body(StringBody(PromotionDay::accrualBody))
            .check(
                status().is(201).saveAs("status"), jsonPath("$.points").ofLong().saveAs("changed")),
        1);
  }

  private ChainBuilder deduction() {
    return write(
        http("deduction")
            .post("/v1/deductions")
            .header("Idempotency-Key", "#{orderId}")
            .body(StringBody(PromotionDay::deductionBody))
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
