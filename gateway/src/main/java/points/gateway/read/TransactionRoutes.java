package points.gateway.read;

import io.vertx.ext.web.RoutingContext;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.json.TransactionJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Page;
import points.gateway.web.QueryParameters;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Detail;
import points.ledger.model.Entry;

/**
 * {@code /v1/transactions}: finds entries. A till that got no answer learns here whether its call
 * was applied.
 */
public final class TransactionRoutes {

  private final Ledger ledger;

  public TransactionRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    api.get("/v1/transactions", Permission.READ, this::ofOrder, "storeId", "orderId");
    api.get("/v1/transactions/:transactionId", Permission.READ, this::one);
  }

  private void ofOrder(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    String storeId = query.id("storeId");
    String orderId = query.id("orderId");
    Credential caller = Authentication.caller(ctx);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (!caller.actsFor(storeId)) {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    } else {
      Responses.when(
          ctx,
          ledger.entries().ofOrder(new HistoryQuery.OfOrder(caller.programId(), storeId, orderId)),
          found ->
              Responses.json(
                  ctx,
                  200,
                  Page.whole(
                      found.entries(),
                      it -> TransactionJson.of(it, found.history(), caller.stores() == null))));
    }
  }

  private void one(RoutingContext ctx) {
    Credential caller = Authentication.caller(ctx);
    TransactionId id = TransactionId.ofPath(ctx, "transactionId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Responses.when(
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
      Responses.when(
          ctx,
          ledger.entries().historyOf(entry),
          history ->
              Responses.json(
                  ctx, 200, TransactionJson.of(entry, history, caller.stores() == null)));
    } else {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    }
  }

  private static void notFound(RoutingContext ctx) {
    Responses.problem(
        ctx, RefusalProblem.TRANSACTION_NOT_FOUND, "The program has no such transaction.");
  }
}
