package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.model.Entry;
import points.ledger.store.PgEntryReader;

/**
 * {@code /v1/claims}: orders of offline tills that were paid with what was not there any more, and
 * for which their stores claim its worth.
 */
final class ClaimRoutes {

  private final PgEntryReader entries;

  ClaimRoutes(Ledger ledger) {
    this.entries = ledger.entries();
  }

  void mount(Api api) {
    api.get("/v1/claims", Permission.READ, this::list, "storeId", "cursor", "limit");
  }

  private void list(RoutingContext ctx) {
    Query query = Query.of(ctx);
    Credential caller = Guard.caller(ctx);
    String storeId = query.get("storeId") == null ? caller.storeId() : query.id("storeId");
    int limit = query.limit();
    EntryId after = query.entryPosition(caller.programId());
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
    } else if (storeId != null && !caller.actsFor(storeId)) {
      Reply.problem(ctx, Scope.outOfScope(caller));
    } else {
      Reply.when(
          ctx,
          find(after).compose(from -> page(caller.programId(), storeId, from, limit)),
          page -> Reply.json(ctx, 200, page));
    }
  }

  private Future<Optional<Entry>> find(@Nullable EntryId after) {
    return after == null
        ? Future.succeededFuture(Optional.empty())
        : entries.find(after.member(), after.sequence());
  }

  /** Each with what has become of its order: nobody owes a store for what was undone. */
  private Future<JsonObject> page(
      String programId, @Nullable String storeId, Optional<Entry> after, int limit) {
    return entries
        .claims(programId, storeId, after.orElse(null), limit + 1)
        .compose(
            found -> {
              Future<JsonArray> items = Future.succeededFuture(new JsonArray());
              for (Entry entry : found.subList(0, Math.min(limit, found.size()))) {
                items = items.compose(before -> with(before, entry)); // one look at a time
              }
              return items.map(all -> page(all, found, limit));
            });
  }

  private Future<JsonArray> with(JsonArray items, Entry entry) {
    return entries
        .historyOf(entry)
        .map(history -> items.add(UndoneJson.transaction(entry, history)));
  }

  private static JsonObject page(JsonArray items, List<Entry> found, int limit) {
    String next = found.size() > limit ? found.get(limit - 1).transactionId() : null;
    return new JsonObject()
        .put("items", items)
        .put("hasMore", next != null)
        .put("nextCursor", next == null ? null : Query.cursor(next));
  }
}
