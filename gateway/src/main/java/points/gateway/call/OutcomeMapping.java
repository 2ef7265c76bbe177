package points.gateway.call;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import points.gateway.web.CallResult;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.ledger.command.Outcome;
import points.ledger.model.Entry;

/** Maps outcomes to HTTP: the only place that does. */
public final class OutcomeMapping {

  private OutcomeMapping() {}

  /**
   * Answers the caller as soon as the outcome is known.
   *
   * @param status of a command that is accepted, by a dry run or for good
   * @param body the answer that an entry makes
   */
  public static void reply(
      RoutingContext ctx, Future<Outcome> outcome, int status, Function<Entry, JsonObject> body) {
    Responses.when(ctx, outcome, known -> Responses.result(ctx, result(known, status, body)));
  }

  /** The same, once it is known. */
  public static Future<CallResult> result(
      Future<Outcome> outcome, int status, Function<Entry, JsonObject> body) {
    return outcome.map(known -> result(known, status, body));
  }

  /**
   * Maps an outcome to the result of its call.
   *
   * @param status of a command that is accepted, by a dry run or for good
   * @param body the answer that an entry makes
   */
  public static CallResult result(Outcome outcome, int status, Function<Entry, JsonObject> body) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return new CallResult.Success(status, false, body.apply(accepted.entry()));
    } else if (outcome instanceof Outcome.Previewed previewed) {
      return new CallResult.Success(status, false, body.apply(previewed.entry()));
    } else if (outcome instanceof Outcome.Replayed replayed) {
      return new CallResult.Success(status, true, body.apply(replayed.entry()), replayed.undone());
    } else if (outcome instanceof Outcome.Refused refused) {
      return new CallResult.Failure(RefusalProblem.of(refused.refusal()));
    } else if (outcome instanceof Outcome.NotApplied notApplied) {
      return new CallResult.Failure(problem(notApplied.cause()));
    } else if (outcome instanceof Outcome.InDoubt) {
      return new CallResult.Failure(Responses.IN_DOUBT);
    }
    throw new IllegalStateException("an outcome without an answer: " + outcome);
  }

  private static Problem problem(Outcome.Cause cause) {
    return switch (cause) {
      case OVERLOADED ->
          Problem.of(Code.OVERLOADED, "More waits than can be done in time. Nothing was applied.");
      case UNAVAILABLE -> Responses.NOT_REACHED;
      case STOPPING ->
          Problem.of(Code.OVERLOADED, "This node is shutting down. Nothing was applied.");
    };
  }
}
