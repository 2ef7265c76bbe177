package points.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import points.gateway.web.CallResult;
import points.gateway.web.Problem;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.command.Command;
import points.ledger.model.Entry;

/**
 * Calls that are looked at before the ledger decides on them: the first answer comes before all
 * else, or what has changed meanwhile would refuse a call that was accepted.
 */
public final class FirstAnswers {

  private FirstAnswers() {}

  /** Answers the call; see {@link #result}. */
  public static void reply(
      RoutingContext ctx,
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    Responses.when(
        ctx, result(ledger, command, check, body), result -> Responses.result(ctx, result));
  }

  /**
   * What became of a command before, what is wrong with it, or what the ledger decides.
   *
   * @param check what is wrong with it, as far as the ledger would not say
   */
  public static Future<CallResult> result(
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    return ledger
        .answered(command)
        .compose(
            first ->
                first
                    .map(it -> Future.succeededFuture(OutcomeMapping.result(it, 201, body)))
                    .orElseGet(() -> checked(ledger, command, check, body)));
  }

  private static Future<CallResult> checked(
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    return check
        .get()
        .compose(
            wrong ->
                wrong
                    .map(it -> again(ledger, command, it, body))
                    .orElseGet(() -> OutcomeMapping.result(ledger.submit(command), 201, body)));
  }

  /** What is wrong now may not have been when the same call was under way a moment ago. */
  private static Future<CallResult> again(
      Ledger ledger, Command command, Problem wrong, Function<Entry, JsonObject> body) {
    return ledger
        .answered(command)
        .map(
            first ->
                first
                    .map(it -> OutcomeMapping.result(it, 201, body))
                    .orElseGet(() -> new CallResult.Failure(wrong)));
  }
}
