package points.load.replay.posting;

import io.vertx.core.Future;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Mismatch;
import points.load.replay.receipt.Receipt;
import points.load.replay.refund.Refund;

/**
 * Posts refunds. The idempotency key is made of the receipt and the refund, so one posted again, in
 * this run or a later one, is a replay.
 */
public final class RefundPoster {
  private final Gateway gateway;
  private final PostingTally tally;

  public RefundPoster(Gateway gateway, PostingTally tally) {
    this.gateway = gateway;
    this.tally = tally;
  }

  /** Fails only when the gateway gives no answer at all; a refusal is tallied. */
  public Future<Void> post(Refund refund) {
    return gateway
        .post("/v1/refunds", refund.key(), refund.body())
        .onSuccess(answer -> answered(refund, answer))
        .mapEmpty();
  }

  private void answered(Refund refund, Answer answer) {
    if (!answer.done()) {
      wrong(refund, "was refused: " + answer);
      return;
    }
    try {
      Fields body = new Fields(answer.body());
      boolean parked = body.optionalText("status").filter("parked"::equals).isPresent();
      tally.refunded(answer.replayed(), parked);
      if (!parked && refund.what() instanceof Refund.OfAmount some) {
        long amount = body.integer("amount");
        if (amount != some.amount()) {
          wrong(refund, "was answered with an amount of " + amount);
        }
      }
    } catch (UnexpectedAnswerException e) {
      wrong(refund, "was answered badly: " + e.getMessage());
    }
  }

  private void wrong(Refund refund, String what) {
    Receipt receipt = refund.receipt();
    tally.mismatch(
        new Mismatch(
            receipt.memberId(), receipt.order() + " refund " + refund.refundId() + " " + what));
  }
}
