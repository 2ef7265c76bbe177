package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import points.ledger.Ledger;
import points.ledger.domain.Command;
import points.ledger.domain.Entry;

/**
 * Calls that are looked at before the ledger decides on them: the first answer comes before all
 * else, or what has changed meanwhile would refuse a call that was accepted.
 */
final class Firsts {

  private Firsts() {}

  /**
   * Answers a command with what became of it before, with what is wrong with it, or with what the
   * ledger decides.
   *
   * @param check what is wrong with it, as far as the ledger would not say
   */
  static void reply(
      RoutingContext ctx,
      Ledger ledger,
      Command command,
      Supplier<Future<Optional<Problem>>> check,
      Function<Entry, JsonObject> body) {
    Reply.when(
        ctx,
        ledger.answered(command),
        first ->
            first.ifPresentOrElse(
                outcome -> Outcomes.reply(ctx, outcome, 201, body),
                () ->
                    Reply.when(
                        ctx,
                        check.get(),
                        wrong ->
                            wrong.ifPresentOrElse(
                                problem -> Reply.problem(ctx, problem),
                                () -> Outcomes.reply(ctx, ledger.submit(command), 201, body)))));
  }
}
