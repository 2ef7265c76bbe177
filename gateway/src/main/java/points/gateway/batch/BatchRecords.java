package points.gateway.batch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.lines.Job;
import points.gateway.lines.NumberedLine;
import points.gateway.web.Authentication;
import points.gateway.web.CallResult;
import points.gateway.web.FaultMapping;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.RefusalProblem;
import points.gateway.web.StoreScope;
import points.gateway.web.StrictJson;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.model.Actor;
import points.ledger.registry.Stores;
import points.ledger.review.LateOrders;
import points.ledger.review.Review;

/**
 * Reads and checks the records of batches as if each were a call of its own. A record that is wrong
 * is answered with its problem, and the batch continues.
 */
final class BatchRecords {

  /**
   * The caller that sent a batch.
   *
   * @param actor the author of what its records change
   * @param requestId the id of the batch's request
   * @param name the name of the request in the log
   * @param revoked whether the caller's key was revoked since the batch began
   */
  record Sender(
      Credential caller, Actor actor, String requestId, String name, BooleanSupplier revoked) {}

  private final Vertx vertx;
  private final Map<String, WriteCall> calls;
  private final LateOrders late;
  private final StoreScope scope;
  private final Retries retries;
  private final BatchMeters meters;
  private final InstantSource time;

  /**
   * @param calls the calls by the type of their records
   * @param time says which sales come too late
   */
  BatchRecords(
      Vertx vertx,
      Map<String, WriteCall> calls,
      LateOrders late,
      Stores stores,
      Retries retries,
      BatchMeters meters,
      InstantSource time) {
    this.vertx = vertx;
    this.calls = calls;
    this.late = late;
    this.scope = new StoreScope(stores);
    this.retries = retries;
    this.meters = meters;
    this.time = time;
  }

  /** Returns the work that a record asks for. */
  Job job(Sender sender, NumberedLine line) {
    var answer = new BatchRecordResponse(line.number(), sender.requestId());
    try {
      return read(sender, line, answer);
    } catch (RuntimeException e) {
      return rejected(line, answer, FaultMapping.problem(e, sender.name()));
    }
  }

  private Job read(Sender sender, NumberedLine line, BatchRecordResponse answer) {
    Buffer text = line.text();
    if (text == null) {
      return rejected(
          line,
          answer,
          Problem.of(
              Code.LINE_TOO_LONG, "A line has at most " + BatchRoutes.LINE_BYTES_MAX + " bytes."));
    }
    JsonObject json = parse(text);
    if (json == null) {
      return rejected(
          line,
          answer,
          Problem.of(Code.INVALID_JSON, "The line must be a JSON object: UTF-8, each name once."));
    }
    String key = keyOf(json);
    answer.key(key);
    String type = json.remove("type") instanceof String name ? name : "";
    WriteCall call = calls.get(type);
    if (call == null) {
      return rejected(line, answer, unknownType());
    }
    if (!sender.caller().may(call.permission())) {
      return rejected(line, answer, Authentication.forbidden(sender.caller()));
    }
    JsonRequest input = JsonRequest.ofRecord(sender.caller(), sender.actor(), key, json);
    ParsedCall parsed = call.reader().read(sender.caller(), input);
    if (input.isWrong()) {
      return rejected(line, answer, input.problem());
    }
    Supplier<Future<CallResult>> work = whileValid(sender, work(sender, parsed, type, json));
    return new Job(
        parsed.orderingKeys(),
        () -> retries.run(vertx, work, sender.name()).map(it -> complete(answer, it)));
  }

  /**
   * Does not begin records that are still waiting for their turn when the caller's key is revoked.
   */
  private static Supplier<Future<CallResult>> whileValid(
      Sender sender, Supplier<Future<CallResult>> work) {
    return () ->
        sender.revoked().getAsBoolean()
            ? Future.succeededFuture(new CallResult.Failure(Authentication.UNKNOWN_KEY))
            : work.get();
  }

  private static @Nullable JsonObject parse(Buffer text) {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      return null;
    }
  }

  /** Reads the key of a record. A value that is no string is an invalid key, not an absent one. */
  private static @Nullable String keyOf(JsonObject json) {
    boolean given = json.containsKey("key");
    Object key = json.remove("key");
    return given ? String.valueOf(key instanceof String ? key : "") : null;
  }

  private Problem unknownType() {
    return Problem.invalid(
        "/type", FieldFault.ONE_OF, String.join(", ", calls.keySet().stream().sorted().toList()));
  }

  /**
   * Returns the work of a record. A sale that comes too late is kept for review instead of being
   * decided, under the permission and store that deciding it would need.
   */
  private Supplier<Future<CallResult>> work(
      Sender sender, ParsedCall parsed, String type, JsonObject content) {
    ParsedCall.Sale sale = parsed.sale();
    if (sale == null) {
      return parsed.work();
    }
    Instant arrivedAt = time.instant();
    return () ->
        scope.within(
            sender.caller(),
            sale.command().origin().storeId(),
            () ->
                late.submit(sale.command(), arrivedAt, type, content)
                    .map(became -> result(sale, became)));
  }

  private static CallResult result(ParsedCall.Sale sale, LateOrders.Result became) {
    if (became instanceof LateOrders.Result.Filed filed) {
      Review review = filed.review();
      return new CallResult.Success(
          202,
          filed.replayed(),
          new JsonObject()
              .put("status", Formats.label(review.status()))
              .put("reviewId", Long.toString(review.reviewId())));
    } else if (became instanceof LateOrders.Result.OtherFiled other) {
      return new CallResult.Failure(
          other.sameKey()
              ? Problem.of(
                  RefusalProblem.IDEMPOTENCY_KEY_REUSED, "This key was used for another request.")
              : Problem.of(
                  RefusalProblem.ORDER_ALREADY_PROCESSED,
                  "The store's order is in review " + other.review().reviewId() + "."));
    }
    return sale.result().apply(((LateOrders.Result.Decided) became).outcome());
  }

  private Job rejected(NumberedLine line, BatchRecordResponse answer, Problem problem) {
    Supplier<Future<Buffer>> result =
        () -> Future.succeededFuture(complete(answer, new CallResult.Failure(problem)));
    return new Job(Set.of("line " + line.number()), result);
  }

  private Buffer complete(BatchRecordResponse answer, CallResult result) {
    meters.result(result);
    return answer.of(result);
  }
}
