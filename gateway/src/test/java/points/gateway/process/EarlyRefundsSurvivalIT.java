package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.process.MortalGateway.PATIENCE;

import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.process.EarlyRefund.End;
import points.gateway.process.HeldCommit.Fate;
import points.gateway.process.HeldCommit.Step;

/**
 * The gateway is killed in the middle of each transaction by which a parked refund comes to an end.
 * That is rolled back, or committed with nobody to hear of it. Whichever it is, the refund comes to
 * one end, once, and to no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyRefundsSurvivalIT {

  private static final String WITHDRAW = "/v1/refunds/parked/withdraw";

  private MortalGateway gateway;
  private Caller office;
  private int cases;

  @BeforeAll
  void open() throws Exception {
    gateway = MortalGateway.open("early-refunds");
    office = gateway.office();
  }

  @AfterAll
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @BeforeEach
  void beThere() throws Exception {
    gateway.beThere();
  }

  static Stream<Arguments> steps() {
    List<Arguments> all = new ArrayList<>();
    for (End end : End.values()) {
      for (Step step : end.steps()) {
        for (Fate fate : Fate.values()) {
          all.add(Arguments.of(end, step, fate));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @MethodSource("steps")
  void a_parked_refund_ends_once_wherever_the_gateway_was_killed(End end, Step step, Fate fate)
      throws Throwable {
    EarlyRefund refund = parked();
    String review = end == End.ACCEPTED ? lapsed(refund) : "";
    String key = Caller.newKey();
    Runnable cause = () -> bring(end, refund, review, key);

    killAt(step, refund, fate, cause);
    cause.run();

    awaitEnd(refund, ended(end));
    cause.run();
    bringOtherEnds(end, refund, review);
    assertThat(became(refund)).isEqualTo(ended(end).replace("entries none", "entries ACCRUAL"));
    gateway.booksHold(List.of(refund.member()));
  }

  /** The sale comes before the withdrawal is asked for again. */
  @ParameterizedTest
  @EnumSource
  void a_refund_is_applied_only_if_its_withdrawal_was_lost(Fate fate) throws Throwable {
    EarlyRefund refund = parked();
    String key = Caller.newKey();

    killAt(
        End.WITHDRAWN.steps().get(0),
        refund,
        fate,
        () -> office.post(WITHDRAW, key, refund.named()));
    office.post("/v1/accruals", refund.order()).json(201);
    awaitRounds();

    Answer again = office.post(WITHDRAW, key, refund.named());
    if (fate == Fate.COMMITTED) {
      assertThat(again.isReplay()).isTrue();
      assertThat(again.json(200).getString("status")).isEqualTo("withdrawn");
      assertThat(became(refund))
          .isEqualTo(ended(End.WITHDRAWN).replace("entries none", "entries ACCRUAL"));
    } else {
      again.isProblem(409, "refund_not_waiting");
      assertThat(became(refund)).isEqualTo(ended(End.APPLIED));
    }
    gateway.booksHold(List.of(refund.member()));
  }

  private static String ended(End end) {
    return switch (end) {
      case WITHDRAWN -> "WITHDRAWN, no review, entries none";
      case APPLIED -> "TAKEN APPLIED, no review, entries ACCRUAL REFUND";
      case LAPSED -> "LAPSED, REVIEW, entries none";
      case ACCEPTED -> "LAPSED APPLIED, ACCEPTED, entries ACCRUAL REFUND";
    };
  }

  private EarlyRefund parked() {
    var refund = new EarlyRefund("early-" + ++cases, Instant.now());
    JsonObject parked = office.post("/v1/refunds", refund.refund()).json(201);
    assertThat(parked.getString("status")).isEqualTo("parked");
    return refund;
  }

  /** Has it lapse before its sale comes, and gives the path of its review. */
  private String lapsed(EarlyRefund refund) throws SQLException, InterruptedException {
    gateway.run(refund.aged());
    awaitEnd(refund, ended(End.LAPSED));
    office.post("/v1/accruals", refund.order()).json(201);
    return office.get("/v1/reviews?status=review&limit=200").items().stream()
        .filter(it -> it.getString("memberId").equals(refund.member()))
        .map(it -> "/v1/reviews/" + it.getString("reviewId"))
        .findFirst()
        .orElseThrow();
  }

  private void bring(End end, EarlyRefund refund, String review, String key) {
    switch (end) {
      case WITHDRAWN -> office.post(WITHDRAW, key, refund.named()).json(200);
      case APPLIED -> office.post("/v1/accruals", key, refund.order()).json(201);
      case LAPSED -> age(refund);
      case ACCEPTED -> office.post(review + "/accept", key, decision()).json(200);
    }
  }

  private void age(EarlyRefund refund) {
    try {
      gateway.run(refund.aged());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject decision() {
    return new JsonObject().put("operator", "Li Lei").put("reason", "the customer was here");
  }

  /** None of which it comes to any more. */
  private void bringOtherEnds(End end, EarlyRefund refund, String review) {
    if (end == End.WITHDRAWN || end == End.LAPSED) {
      office.post("/v1/accruals", refund.order()).json(201);
    }
    if (end != End.WITHDRAWN) {
      office.post(WITHDRAW, refund.named()).isProblem(409, "refund_not_waiting");
    }
    if (end == End.ACCEPTED) {
      office.post(review + "/accept", decision()).isProblem(409, "review_already_decided");
      office.post(review + "/reject", decision()).isProblem(409, "review_already_decided");
    }
    age(refund);
    awaitRounds();
  }

  /** Kills the gateway in the commit of a step, and starts it again. */
  private void killAt(Step step, EarlyRefund refund, Fate fate, Runnable cause) throws Throwable {
    CompletableFuture<Void> asked =
        gateway.killAt(
            step.with("member", refund.member()), fate, () -> CompletableFuture.runAsync(cause));
    asked.handle((done, lost) -> lost == null).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    gateway.restart();
  }

  /** One that comes to its sale now was looked at after all that came before. */
  private void awaitRounds() {
    for (int round = 0; round < 2; round++) {
      EarlyRefund next = parked();
      office.post("/v1/accruals", next.order()).json(201);
      awaitEnd(next, ended(End.APPLIED));
    }
  }

  private String became(EarlyRefund refund) throws SQLException {
    return gateway.database().rows(refund.end()).get(0).substring("became=".length());
  }

  private void awaitEnd(EarlyRefund refund, String end) {
    Await.until("a refund to become " + end, PATIENCE, () -> became(refund).equals(end));
  }
}
