package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import points.ledger.Ledger;
import points.ledger.command.Command;
import points.ledger.model.Entry;

/**
 * Calls that are looked at before the ledger decides on them: the first answer comes before all
 * else, or what has changed meanwhile would refuse a call that was accepted.
 */
final class Firsts {

  private Firsts() {}

  /** Answers the call; see {@link #told}. */
  static void reply(
      RoutingContext ctx,
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    Reply.when(ctx, told(ledger, command, check, body), told -> Reply.told(ctx, told));
  }

  /**
   * What became of a command before, what is wrong with it, or what the ledger decides.
   *
   * @param check what is wrong with it, as far as the ledger would not say
   */
  static Future<Told> told(
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    return ledger
        .answered(command)
        .compose(
            first ->
                first
                    .map(it -> Future.succeededFuture(Outcomes.told(it, 201, body)))
                    .orElseGet(() -> checked(ledger, command, check, body)));
  }

  private static Future<Told> checked(
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
                    .orElseGet(() -> Outcomes.told(ledger.submit(command), 201, body)));
  }

  /** What is wrong now may not have been when the same call was under way a moment ago. */
  private static Future<Told> again(
      Ledger ledger, Command command, Problem wrong, Function<Entry, JsonObject> body) {
    return ledger
        .answered(command)
        .map(
            first ->
                first.map(it -> Outcomes.told(it, 201, body)).orElseGet(() -> new Told.Not(wrong)));
  }
}
