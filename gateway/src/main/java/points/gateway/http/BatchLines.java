package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.http.Problem.Code;
import points.gateway.http.Problem.FieldError;
import points.gateway.lines.Job;
import points.gateway.lines.Line;
import points.ledger.registry.Stores;

/**
 * What the lines of batches stand for: calls, read and checked as if they came alone. What is wrong
 * with a line is its answer, and the batch goes on.
 */
final class BatchLines {

  /**
   * Who sent a batch.
   *
   * @param requestId of the batch
   * @param name of the request in the log
   * @param revoked whether the caller's key was revoked since the batch began
   */
  record Sender(Credential caller, String requestId, String name, BooleanSupplier revoked) {}

  private final Vertx vertx;
  private final Map<String, Call> calls;
  private final LateSales late;
  private final Scope scope;
  private final Retries retries;
  private final BatchMeters meters;
  private final InstantSource clock = InstantSource.system();

  /**
   * @param calls by the type of their lines
   */
  BatchLines(
      Vertx vertx,
      Map<String, Call> calls,
      LateSales late,
      Stores stores,
      Retries retries,
      BatchMeters meters) {
    this.vertx = vertx;
    this.calls = calls;
    this.late = late;
    this.scope = new Scope(stores);
    this.retries = retries;
    this.meters = meters;
  }

  /** What is to be done for a line. */
  Job job(Sender sender, Line line) {
    var answer = new LineAnswer(line.number(), sender.requestId());
    try {
      return read(sender, line, answer);
    } catch (RuntimeException e) {
      return broken(line, answer, Reply.problemOf(e, sender.name()));
    }
  }

  private Job read(Sender sender, Line line, LineAnswer answer) {
    Buffer text = line.text();
    if (text == null) {
      return broken(
          line,
          answer,
          Problem.of(
              Code.LINE_TOO_LONG, "A line has at most " + BatchRoutes.LINE_BYTES_MAX + " bytes."));
    }
    JsonObject json = parse(text);
    if (json == null) {
      return broken(
          line,
          answer,
          Problem.of(Code.INVALID_JSON, "The line must be a JSON object: UTF-8, each name once."));
    }
    String key = keyOf(json);
    answer.key(key);
    String type = json.remove("type") instanceof String name ? name : "";
    Call call = calls.get(type);
    if (call == null) {
      return broken(line, answer, unknownType());
    }
    if (!call.permission().isGivenTo(sender.caller().role())) {
      return broken(line, answer, Guard.forbidden(sender.caller()));
    }
    Input input = Input.ofLine(sender.caller(), key, json);
    Intent intent = call.reader().read(sender.caller(), input);
    if (input.isWrong()) {
      return broken(line, answer, input.problem());
    }
    Supplier<Future<Told>> work = whileValid(sender, work(sender, intent, type, json));
    return new Job(
        intent.turns(), () -> retries.done(vertx, work, sender.name()).map(it -> tell(answer, it)));
  }

  /** Lines that wait for their turn when the key is revoked are not begun. */
  private static Supplier<Future<Told>> whileValid(Sender sender, Supplier<Future<Told>> work) {
    return () ->
        sender.revoked().getAsBoolean()
            ? Future.succeededFuture(new Told.Not(Guard.UNKNOWN_KEY))
            : work.get();
  }

  private static @Nullable JsonObject parse(Buffer text) {
    try {
      return StrictJson.object(text);
    } catch (DecodeException e) {
      return null;
    }
  }

  /** Takes the key of a line; what is no string is no key, and not the same as none. */
  private static @Nullable String keyOf(JsonObject json) {
    boolean given = json.containsKey("key");
    Object key = json.remove("key");
    return given ? String.valueOf(key instanceof String ? key : "") : null;
  }

  private Problem unknownType() {
    String message =
        "must be one of " + String.join(", ", calls.keySet().stream().sorted().toList());
    return new Problem(
        Code.INVALID_REQUEST,
        "/type " + message + ".",
        List.of(new FieldError("/type", message)),
        new JsonObject());
  }

  /** A sale that comes too late is not done but kept, within the scope that it would need. */
  private Supplier<Future<Told>> work(
      Sender sender, Intent intent, String type, JsonObject content) {
    var sale = intent.sale();
    if (sale == null || !late.isLate(sale, clock.instant())) {
      return intent.work();
    }
    return () ->
        scope.within(
            sender.caller(),
            sale.origin().storeId(),
            () ->
                late.told(sale, type, content)
                    .compose(
                        told ->
                            told.map(Future::succeededFuture)
                                .orElseGet(() -> intent.work().get())));
  }

  private Job broken(Line line, LineAnswer answer, Problem problem) {
    Supplier<Future<Buffer>> told =
        () -> Future.succeededFuture(tell(answer, new Told.Not(problem)));
    return new Job(Set.of("line " + line.number()), told);
  }

  private Buffer tell(LineAnswer answer, Told told) {
    meters.told(told);
    return answer.of(told);
  }
}
