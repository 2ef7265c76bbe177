package points.gateway.command;

import io.vertx.core.Future;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.ReversalJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.RefusalProblem;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Refusal;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Origin;

/** {@code /v1/reversals}: single entries undone by hand. */
public final class ReversalRoutes {

  private final Ledger ledger;

  public ReversalRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    reversal().mount(api, "/v1/reversals");
  }

  public WriteCall reversal() {
    return new WriteCall(Permission.REVERSE, this::reverse);
  }

  private ParsedCall reverse(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    String programId = caller.programId();
    TransactionId entry =
        TransactionId.of(
            programId,
            body.known(
                "transactionId",
                it -> TransactionId.of(programId, it) != null,
                FieldFault.TRANSACTION_ID));
    Origin origin =
        Origin.office(
                body.readable("operator", Formats.OPERATOR_LENGTH_MAX),
                body.readable("reason", Formats.REASON_LENGTH_MAX))
            .sentBy(input.actor());
    return ParsedCall.of(
        entry,
        () ->
            entry == null
                ? CallResult.failure(RefusalProblem.of(new Refusal.TransactionNotFound()))
                : reverse(entry, input.key(), origin));
  }

  private Future<CallResult> reverse(TransactionId entry, String key, Origin origin) {
    Reverse command = Reverse.of(entry.member(), key, origin, entry.sequence());
    return OutcomeMapping.result(ledger.submit(command), 201, ReversalJson::reversal);
  }
}
