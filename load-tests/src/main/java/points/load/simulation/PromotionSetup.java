package points.load.simulation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import points.load.concurrent.KeyOrderedExecutor;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.Registration;
import points.load.http.RetryPolicy;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Mismatch;
import points.load.reader.HttpMemberReader;

/** The set-up before the promotion and the audit after it, both out of the measured time. */
final class PromotionSetup implements AutoCloseable {
  private static final int IN_FLIGHT = 32;
  private static final long OPENING_AMOUNT = 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Gateway gateway;
  private final Registration registration;
  private final KeyOrderedExecutor tills;

  PromotionSetup(PromotionPlan plan) {
    gateway = new Gateway(vertx, plan.target(), IN_FLIGHT, RetryPolicy.LONG);
    registration = new Registration(gateway, "promotion");
    tills = KeyOrderedExecutor.open(vertx, 1, IN_FLIGHT).await();
  }

  /**
   * Knocks at the gateway.
   *
   * @throws points.load.http.UnansweredException when nothing answers
   * @throws UnexpectedAnswerException when the key is not accepted
   */
  void requireGateway() {
    gateway.probe("/v1/program").await().required();
  }

  /** Makes the stores that are missing and gives every member first points by an order. */
  void setUp(Participants participants, Outcomes outcomes) {
    tills.each(participants.stores(), Function.identity(), registration::store).await();
    tills
        .each(
            participants.members(),
            Function.identity(),
            member -> opening(participants, member, outcomes))
        .await();
  }

  /** Reads every member's entries and balance and returns the mismatches. */
  List<Mismatch> audit(Participants participants, Outcomes outcomes) {
    List<Mismatch> mismatches = Collections.synchronizedList(new ArrayList<>());
    HttpMemberReader reader = new HttpMemberReader(gateway);
    tills
        .each(
            participants.members(),
            Function.identity(),
            member ->
                reader
                    .read(member)
                    .map(read -> BalanceAudit.mismatches(read, outcomes.of(member)))
                    .onSuccess(mismatches::addAll)
                    .mapEmpty())
        .await();
    return mismatches;
  }

  private Future<Void> opening(Participants participants, String memberId, Outcomes outcomes) {
    String orderId = participants.openingOrder(memberId);
    JsonObject accrual =
        new JsonObject()
            .put("memberId", memberId)
            .put("storeId", participants.stores().get(0))
            .put("orderId", orderId)
            .put("occurredAt", Instant.now().toString())
            .put("amount", OPENING_AMOUNT);
    return gateway
        .post("/v1/accruals", orderId, accrual)
        .map(answer -> new Fields(answer.required()).integer("points"))
        .onSuccess(points -> outcomes.acknowledged(memberId, orderId, points))
        .mapEmpty();
  }

  @Override
  public void close() {
    gateway.close();
    vertx.close().await();
  }
}
