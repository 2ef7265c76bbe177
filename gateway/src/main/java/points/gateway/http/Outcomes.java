package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import points.gateway.http.Problem.Code;
import points.ledger.command.Outcome;
import points.ledger.model.Entry;

/** What an outcome is in HTTP: the one place that knows. */
final class Outcomes {

  private Outcomes() {}

  /**
   * Answers the caller as soon as the outcome is known.
   *
   * @param status of an accepted command
   * @param body the answer that an entry makes
   */
  static void reply(
      RoutingContext ctx, Future<Outcome> outcome, int status, Function<Entry, JsonObject> body) {
    Reply.when(ctx, outcome, known -> Reply.told(ctx, told(known, status, body)));
  }

  /** The same, once it is known. */
  static Future<Told> told(Future<Outcome> outcome, int status, Function<Entry, JsonObject> body) {
    return outcome.map(known -> told(known, status, body));
  }

  /**
   * What the caller is told.
   *
   * @param status of an accepted command
   * @param body the answer that an entry makes
   */
  static Told told(Outcome outcome, int status, Function<Entry, JsonObject> body) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return new Told.Done(status, false, body.apply(accepted.entry()));
    } else if (outcome instanceof Outcome.Replayed replayed) {
      return new Told.Done(status, true, body.apply(replayed.entry()), replayed.undone());
    } else if (outcome instanceof Outcome.Refused refused) {
      return new Told.Not(Refusals.problem(refused.refusal()));
    } else if (outcome instanceof Outcome.NotApplied notApplied) {
      return new Told.Not(problem(notApplied.cause()));
    } else if (outcome instanceof Outcome.InDoubt) {
      return new Told.Not(Reply.IN_DOUBT);
    }
    throw new IllegalStateException("an outcome without an answer: " + outcome);
  }

  private static Problem problem(Outcome.Cause cause) {
    return switch (cause) {
      case OVERLOADED ->
          Problem.of(Code.OVERLOADED, "More waits than can be done in time. Nothing was applied.");
      case UNAVAILABLE -> Reply.NOT_REACHED;
      case STOPPING ->
          Problem.of(Code.OVERLOADED, "This node is shutting down. Nothing was applied.");
    };
  }
}
