package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import points.gateway.http.Problem.Code;
import points.ledger.domain.Entry;
import points.ledger.domain.Limits;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.domain.Status;

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
    Reply.when(ctx, outcome, known -> reply(ctx, known, status, body));
  }

  private static void reply(
      RoutingContext ctx, Outcome outcome, int status, Function<Entry, JsonObject> body) {
    if (outcome instanceof Outcome.Accepted accepted) {
      Reply.json(ctx, status, body.apply(accepted.entry()));
    } else if (outcome instanceof Outcome.Replayed replayed) {
      Reply.replay(ctx, status, body.apply(replayed.entry()));
    } else if (outcome instanceof Outcome.Refused refused) {
      Reply.problem(ctx, problem(refused.refusal()));
    } else if (outcome instanceof Outcome.NotApplied notApplied) {
      Reply.problem(ctx, problem(notApplied.cause()));
    } else if (outcome instanceof Outcome.InDoubt) {
      Reply.problem(ctx, Reply.IN_DOUBT);
    } else {
      throw new IllegalStateException("an outcome without an answer: " + outcome);
    }
  }

  static Problem problem(Refusal refusal) {
    return switch (refusal.kind()) {
      case INSUFFICIENT_POINTS -> insufficient((Refusal.InsufficientPoints) refusal);
      case MEMBER_NOT_FOUND -> Problem.of(Code.MEMBER_NOT_FOUND, "The program has no such member.");
      case MEMBER_FROZEN ->
          Problem.of(Code.MEMBER_FROZEN, "The member neither earns nor spends now.");
      case ALREADY_IN_STATUS ->
          Problem.of(
              ((Refusal.AlreadyInStatus) refusal).status() == Status.FROZEN
                  ? Code.ALREADY_FROZEN
                  : Code.NOT_FROZEN,
              "There is nothing to do.");
      case BALANCE_LIMIT_EXCEEDED ->
          Problem.of(
              Code.BALANCE_LIMIT_EXCEEDED,
              "A balance has at most " + Limits.POINTS_MAX + " points.");
      case ORDER_ALREADY_PROCESSED -> processed((Refusal.OrderAlreadyProcessed) refusal);
      case KEY_REUSED ->
          Problem.of(
              Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another request.");
    };
  }

  private static Problem insufficient(Refusal.InsufficientPoints few) {
    return Problem.of(Code.INSUFFICIENT_POINTS, "The member has " + few.available() + " points.")
        .with("available", few.available());
  }

  private static Problem processed(Refusal.OrderAlreadyProcessed processed) {
    return Problem.of(
        Code.ORDER_ALREADY_PROCESSED,
        "The store's order is transaction " + processed.first().transactionId() + ".");
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
