package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.http.Problem.Code;
import points.ledger.Ledger;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.store.PgEntryReader;

/** {@code /v1/transactions}: what happened; a till's way out of doubt. */
final class TransactionRoutes {

  private final Ledger ledger;

  TransactionRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.get("/v1/transactions", Permission.READ, this::ofOrder, "storeId", "orderId");
    api.get("/v1/transactions/:transactionId", Permission.READ, this::one);
  }

  private void ofOrder(RoutingContext ctx) {
    Query query = Query.of(ctx);
    String storeId = query.id("storeId");
    String orderId = query.id("orderId");
    Credential caller = Guard.caller(ctx);
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
    } else if (!caller.actsFor(storeId)) {
      Reply.problem(ctx, Scope.outOfScope(caller));
    } else {
      Reply.when(
          ctx,
          ofOrder(new HistoryQuery.OfOrder(caller.programId(), storeId, orderId)),
          found -> Reply.json(ctx, 200, found));
    }
  }

  private Future<JsonObject> ofOrder(HistoryQuery.OfOrder order) {
    PgEntryReader entries = ledger.entries();
    return entries
        .ofOrder(order.programId(), order.storeId(), order.orderId())
        .compose(
            found ->
                entries
                    .historyOf(order)
                    .map(history -> Page.whole(found, it -> UndoneJson.transaction(it, history))));
  }

  private void one(RoutingContext ctx) {
    Credential caller = Guard.caller(ctx);
    EntryId id = EntryId.ofPath(ctx, "transactionId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Reply.when(
        ctx,
        ledger.entries().find(id.member(), id.sequence()),
        found -> found.ifPresentOrElse(entry -> reply(ctx, caller, entry), () -> notFound(ctx)));
  }

  private void reply(RoutingContext ctx, Credential caller, Entry entry) {
    boolean tookBack =
        entry.detail() instanceof Detail.Refunded refunded
            && refunded.storeId() != null
            && caller.actsFor(refunded.storeId());
    if (tookBack || caller.actsFor(entry.origin().storeId())) {
      Reply.when(
          ctx,
          ledger.entries().historyOf(entry),
          history -> Reply.json(ctx, 200, UndoneJson.transaction(entry, history)));
    } else {
      Reply.problem(ctx, Scope.outOfScope(caller));
    }
  }

  private static void notFound(RoutingContext ctx) {
    Reply.problem(ctx, Code.TRANSACTION_NOT_FOUND, "The program has no such transaction.");
  }
}
