package points.load.replay.posting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;
import points.load.model.Mismatch;
import points.load.replay.program.Program;
import points.load.replay.receipt.Receipt;

/**
 * Posts receipts as accruals. The idempotency key is made of store and receipt, so a receipt posted
 * again, in this run or a later one, is a replay. The latency is that of the till: from the first
 * sending to the answer, retries and their pauses included.
 */
public final class AccrualPoster {
  private final Gateway gateway;
  private final Program program;
  private final PostingTally tally;

  public AccrualPoster(Gateway gateway, Program program, PostingTally tally) {
    this.gateway = gateway;
    this.program = program;
    this.tally = tally;
  }

  /** Fails only when the gateway gives no answer at all; a refusal is tallied. */
  public Future<Void> post(Receipt receipt) {
    long sent = System.nanoTime();
    return gateway
        .post("/v1/accruals", key(receipt), body(receipt))
        .onSuccess(answer -> answered(receipt, answer, System.nanoTime() - sent))
        .mapEmpty();
  }

  private void answered(Receipt receipt, Answer answer, long nanos) {
    if (!answer.done()) {
      tally.refused(receipt, answer.toString());
      return;
    }
    tally.acknowledged(answer.replayed(), nanos);
    long expected = program.pointsFor(receipt);
    try {
      long points = new Fields(answer.body()).integer("points");
      if (points != expected) {
        wrong(receipt, "was answered with " + points + " points instead of " + expected);
      }
    } catch (UnexpectedAnswerException e) {
      wrong(receipt, "was answered badly: " + e.getMessage());
    }
  }

  private void wrong(Receipt receipt, String what) {
    tally.mismatch(new Mismatch(receipt.memberId(), receipt.order() + " " + what));
  }

  static String key(Receipt receipt) {
    return "replay:" + receipt.storeId() + ":" + receipt.receiptId();
  }

  static JsonObject body(Receipt receipt) {
    JsonArray lines = new JsonArray();
    for (int i = 0; i < receipt.lines().size(); i++) {
      lines.add(line(Receipt.lineId(i), receipt.lines().get(i)));
    }
    return new JsonObject()
        .put("memberId", receipt.memberId())
        .put("storeId", receipt.storeId())
        .put("orderId", receipt.receiptId())
        .put("occurredAt", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(receipt.soldAt()))
        .put("amount", receipt.amount())
        .put("lines", lines)
        .put("metadata", new JsonObject(new TreeMap<>(metadata(receipt))));
  }

  /** Returns the caller's own data of an order, which comes back with its entry. */
  public static Map<String, String> metadata(Receipt receipt) {
    return Map.of(
        "receipt", receipt.receiptId(), "lines", Integer.toString(receipt.lines().size()));
  }

  private static JsonObject line(String lineId, Receipt.Line line) {
    JsonObject json = new JsonObject().put("lineId", lineId).put("productId", line.productId());
    if (!line.category().isBlank()) {
      json.put("category", line.category());
    }
    return json.put("quantity", line.quantity()).put("amount", line.amount());
  }
}
