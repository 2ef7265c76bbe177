package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.OrderCommand.Reverse;
import points.ledger.domain.Origin;

/** {@code /v1/reversals}: single entries undone by hand. */
final class ReversalRoutes {

  private final Ledger ledger;

  ReversalRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post("/v1/reversals", Permission.RUN_PROGRAM, this::reverse);
  }

  private void reverse(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    String programId = Guard.caller(ctx).programId();
    EntryId entry =
        EntryId.of(
            programId,
            body.known(
                "transactionId",
                it -> EntryId.of(programId, it) != null,
                "must be the transactionId of an entry"));
    Origin origin =
        Origin.office(
            body.readable("operator", Text.OPERATOR_LENGTH_MAX),
            body.readable("reason", Text.REASON_LENGTH_MAX));
    if (input.isWrong() || entry == null) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Reverse command = Reverse.of(entry.member(), input.key(), origin, entry.sequence());
    Outcomes.reply(ctx, ledger.submit(command), 201, UndoneJson::reversal);
  }
}
