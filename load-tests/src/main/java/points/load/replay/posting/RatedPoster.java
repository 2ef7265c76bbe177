package points.load.replay.posting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import points.load.http.Answer;
import points.load.http.Gateway;
import points.load.model.Entry.Order;
import points.load.model.Mismatch;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.DatedRefund;

/** Posts receipts that a rule book rates, and their refunds, and keeps the answers. */
public final class RatedPoster {
  private final Gateway gateway;
  private final PostingTally tally;
  private final Map<Order, JsonObject> answers = new ConcurrentHashMap<>();

  public RatedPoster(Gateway gateway, PostingTally tally) {
    this.gateway = gateway;
    this.tally = tally;
  }

  /** Fails only when the gateway gives no answer at all; a refusal is tallied. */
  public Future<Void> post(Receipt receipt) {
    long sent = System.nanoTime();
    return gateway
        .post("/v1/accruals", AccrualPoster.key(receipt), AccrualPoster.body(receipt))
        .onSuccess(answer -> answered(receipt, answer, System.nanoTime() - sent))
        .mapEmpty();
  }

  private void answered(Receipt receipt, Answer answer, long nanos) {
    if (answer.done()) {
      tally.acknowledged(answer.replayed(), nanos);
      answers.put(receipt.order(), answer.body());
    } else {
      tally.refused(receipt, answer.toString());
    }
  }

  /** Fails only when the gateway gives no answer at all; a refusal is a mismatch. */
  public Future<Void> post(DatedRefund refund) {
    return gateway
        .post("/v1/refunds", refund.refund().key(), refund.body())
        .onSuccess(answer -> answered(refund, answer))
        .mapEmpty();
  }

  private void answered(DatedRefund refund, Answer answer) {
    Receipt receipt = refund.refund().receipt();
    if (answer.done()) {
      tally.refunded(answer.replayed(), "parked".equals(answer.body().getValue("status")));
    } else {
      tally.mismatch(
          new Mismatch(
              receipt.memberId(),
              "%s refund %s was refused: %s"
                  .formatted(receipt.order(), refund.refund().refundId(), answer)));
    }
  }

  /** Returns the answer to a receipt; empty when it was refused. */
  public Optional<JsonObject> answer(Order order) {
    return Optional.ofNullable(answers.get(order));
  }
}
