package points.gateway.command;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.RefusalProblem;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.award.Awarded;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.model.Origin;

/**
 * {@code /v1/pending}: what was earned and cannot be spent yet becomes available, or never does.
 */
public final class PendingRoutes {

  private static final String ID = "transactionId";

  private final Ledger ledger;

  public PendingRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    mount(api, "/v1/pending/:transactionId/activate", true);
    mount(api, "/v1/pending/:transactionId/cancel", false);
  }

  private void mount(ApiRouter api, String path, boolean activates) {
    api.postWithOptionalBody(
        path,
        Permission.SERVE,
        ctx ->
            WriteCall.answerOnEntry(
                ctx, ID, (caller, entry, input) -> end(caller, entry, input, activates)));
  }

  /** As a line of a batch. */
  public WriteCall end(boolean activates) {
    return WriteCall.onEntry(
        Permission.SERVE, ID, (caller, entry, input) -> end(caller, entry, input, activates));
  }

  private ParsedCall end(
      Credential caller, @Nullable TransactionId entry, JsonRequest input, boolean activates) {
    String reason = input.body().optionalReadable("reason", Formats.REASON_LENGTH_MAX);
    return new NamedEntry(ledger, caller, entry)
        .call(
            it -> it.isPending() || it.isEffectiveAtOnce(),
            new Refusal.PendingNotFound(),
            earned -> end(earned, input, reason, activates));
  }

  /** Without the order: of each kind of entry that has but one. */
  private Future<CallResult> end(
      Entry earned, JsonRequest input, @Nullable String reason, boolean activates) {
    Awarded awarded = earned.awarded();
    if (activates && awarded != null && !awarded.heldBy().isEmpty()) {
      return CallResult.failure(RefusalProblem.of(new Refusal.UnderReview(awarded.heldBy())));
    }
    Origin origin =
        new Origin(earned.origin().storeId(), null, null, null, reason).sentBy(input.actor());
    PendingCommand command =
        PendingCommand.of(earned.member(), input.key(), origin, earned.sequence(), activates);
    return OutcomeMapping.result(ledger.submit(command), 200, EntryJson::pendingEnded);
  }
}
