package points.gateway.read;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.json.TransactionJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.model.Entry;
import points.ledger.store.PgEntryReader;

/** {@code /v1/claims}: claims of stores for offline orders whose payment was not covered. */
public final class ClaimRoutes {

  private final PgEntryReader entries;

  public ClaimRoutes(Ledger ledger) {
    this.entries = ledger.entries();
  }

  public void mount(ApiRouter api) {
    api.get("/v1/claims", Permission.READ, this::list, "storeId", "cursor", "limit");
  }

  private void list(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    Credential caller = Authentication.caller(ctx);
    String storeId = query.get("storeId") == null ? caller.onlyStore() : query.id("storeId");
    int limit = query.limit();
    TransactionId after = query.entryPosition(caller.programId());
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (!caller.actsFor(storeId)) {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    } else {
      Responses.when(
          ctx,
          find(after).compose(from -> page(caller, storeId, from, limit)),
          page -> Responses.json(ctx, 200, page));
    }
  }

  private Future<Optional<Entry>> find(@Nullable TransactionId after) {
    return after == null
        ? Future.succeededFuture(Optional.empty())
        : entries.find(after.member(), after.sequence());
  }

  /**
   * Returns a page of claims, each with the state of its order: an undone order is owed by nobody.
   */
  private Future<JsonObject> page(
      Credential caller, @Nullable String storeId, Optional<Entry> after, int limit) {
    return entries
        .claims(caller.programId(), storeId, after.orElse(null), limit + 1)
        .compose(
            found -> {
              Future<JsonArray> items = Future.succeededFuture(new JsonArray());
              for (Entry entry : found.subList(0, Math.min(limit, found.size()))) {
                items =
                    items.compose(before -> with(before, entry, caller)); // one look-up at a time
              }
              return items.map(all -> page(all, found, limit));
            });
  }

  private Future<JsonArray> with(JsonArray items, Entry entry, Credential caller) {
    return entries
        .historyOf(entry)
        .map(history -> items.add(TransactionJson.of(entry, history, caller.stores() == null)));
  }

  private static JsonObject page(JsonArray items, List<Entry> found, int limit) {
    String next = found.size() > limit ? found.get(limit - 1).transactionId() : null;
    return new JsonObject()
        .put("items", items)
        .put("hasMore", next != null)
        .put("nextCursor", next == null ? null : QueryParameters.cursor(next));
  }
}
