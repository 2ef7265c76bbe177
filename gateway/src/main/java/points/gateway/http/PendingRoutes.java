package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Entry;
import points.ledger.domain.Origin;
import points.ledger.domain.PendingCommand;
import points.ledger.domain.Refusal;

/**
 * {@code /v1/pending}: what was earned and cannot be spent yet becomes available, or never does.
 */
final class PendingRoutes {

  private final Ledger ledger;

  PendingRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.post("/v1/pending/:transactionId/activate", Permission.SERVE, ctx -> end(ctx, true));
    api.post("/v1/pending/:transactionId/cancel", Permission.SERVE, ctx -> end(ctx, false));
  }

  private void end(RoutingContext ctx, boolean activates) {
    Input input = Input.ofWrite(ctx);
    String reason = input.body().optionalReadable("reason", Text.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    EntryId id = EntryId.ofPath(ctx, "transactionId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Reply.when(
        ctx,
        ledger.entries().find(id.member(), id.sequence()),
        found ->
            found
                .filter(Entry::isPending)
                .ifPresentOrElse(
                    earned -> {
                      // Without the order: of each kind of entry that has but one.
                      var origin = new Origin(earned.origin().storeId(), null, null, null, reason);
                      end(ctx, earned, input.key(), origin, activates);
                    },
                    () -> notFound(ctx)));
  }

  private void end(RoutingContext ctx, Entry earned, String key, Origin origin, boolean activates) {
    Credential caller = Guard.caller(ctx);
    if (!caller.actsFor(origin.storeId())) {
      Reply.problem(ctx, Scope.outOfScope(caller));
      return;
    }
    PendingCommand command =
        PendingCommand.of(earned.member(), key, origin, earned.sequence(), activates);
    Outcomes.reply(ctx, ledger.submit(command), 200, EntryJson::pendingEnded);
  }

  private static void notFound(RoutingContext ctx) {
    Reply.problem(ctx, Refusals.problem(new Refusal.PendingNotFound()));
  }
}
