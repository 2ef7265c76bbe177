package points.gateway.http;

import io.vertx.core.Future;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Refusal;
import points.ledger.model.Origin;

/** {@code /v1/reversals}: single entries undone by hand. */
final class ReversalRoutes {

  private final Ledger ledger;

  ReversalRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post("/v1/reversals", reversal());
  }

  Call reversal() {
    return new Call(Permission.RUN_PROGRAM, this::reverse);
  }

  private Intent reverse(Credential caller, Input input) {
    Fields body = input.body();
    String programId = caller.programId();
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
    return Intent.of(
        entry,
        () ->
            entry == null
                ? Told.refused(new Refusal.TransactionNotFound())
                : reverse(entry, input.key(), origin));
  }

  private Future<Told> reverse(EntryId entry, String key, Origin origin) {
    Reverse command = Reverse.of(entry.member(), key, origin, entry.sequence());
    return Outcomes.told(ledger.submit(command), 201, UndoneJson::reversal);
  }
}
