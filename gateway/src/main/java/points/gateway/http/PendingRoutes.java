package points.gateway.http;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.model.Origin;

/**
 * {@code /v1/pending}: what was earned and cannot be spent yet becomes available, or never does.
 */
final class PendingRoutes {

  private static final String ID = "transactionId";

  private final Ledger ledger;

  PendingRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    mount(api, "/v1/pending/:transactionId/activate", true);
    mount(api, "/v1/pending/:transactionId/cancel", false);
  }

  private void mount(Api api, String path, boolean activates) {
    api.postWithoutBody(
        path,
        Permission.SERVE,
        ctx ->
            Call.answerOnEntry(
                ctx, ID, (caller, entry, input) -> end(caller, entry, input, activates)));
  }

  /** As a line of a batch. */
  Call end(boolean activates) {
    return Call.onEntry(
        Permission.SERVE, ID, (caller, entry, input) -> end(caller, entry, input, activates));
  }

  private Intent end(Credential caller, @Nullable EntryId entry, Input input, boolean activates) {
    String reason = input.body().optionalReadable("reason", Text.REASON_LENGTH_MAX);
    return Intent.of(
        entry,
        () ->
            EntryId.find(ledger, entry)
                .compose(
                    found ->
                        found
                            .filter(it -> it.isPending() || it.isEffectiveAtOnce())
                            .map(earned -> end(caller, earned, input.key(), reason, activates))
                            .orElseGet(() -> Told.refused(new Refusal.PendingNotFound()))));
  }

  /** Without the order: of each kind of entry that has but one. */
  private Future<Told> end(
      Credential caller, Entry earned, String key, @Nullable String reason, boolean activates) {
    var origin = new Origin(earned.origin().storeId(), null, null, null, reason);
    PendingCommand command =
        PendingCommand.of(earned.member(), key, origin, earned.sequence(), activates);
    return caller.actsFor(origin.storeId())
        ? Outcomes.told(ledger.submit(command), 200, EntryJson::pendingEnded)
        : Told.not(Scope.outOfScope(caller));
  }
}
