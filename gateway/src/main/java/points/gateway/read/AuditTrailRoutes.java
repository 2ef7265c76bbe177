package points.gateway.read;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Page;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailRow;
import points.ledger.trail.TrailSearch;

/** {@code /v1/audit-trail}: changes by hand, newest first, with their authors. */
public final class AuditTrailRoutes {

  private static final int FILTER_LENGTH_MAX = 160;

  private final AuditTrail trail;

  public AuditTrailRoutes(AuditTrail trail) {
    this.trail = trail;
  }

  public void mount(ApiRouter api) {
    api.get(
        "/v1/audit-trail",
        Permission.READ_TRAIL,
        this::list,
        "cursor",
        "limit",
        "from",
        "to",
        "actor",
        "action",
        "subject");
  }

  private void list(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long before = query.numberPosition(Long.MAX_VALUE);
    Instant from = query.time("from");
    Instant to = query.time("to");
    if (from != null && to != null && !from.isBefore(to)) {
      query.wrong("to", FieldFault.AFTER_FROM);
    }
    var wanted =
        new TrailSearch(
            before,
            from,
            to,
            filter(query, "actor"),
            filter(query, "action"),
            filter(query, "subject"));
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Responses.when(
        ctx,
        trail.page(Authentication.caller(ctx).programId(), wanted, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(found, limit, AuditTrailRoutes::json, it -> Long.toString(it.position()))));
  }

  private static @Nullable String filter(QueryParameters query, String name) {
    String value = query.get(name);
    if (value != null && !Formats.isVisibleAscii(value, FILTER_LENGTH_MAX)) {
      query.wrong(name, FieldFault.VISIBLE_ASCII, FILTER_LENGTH_MAX);
    }
    return value;
  }

  private static JsonObject json(TrailRow row) {
    var actor = new JsonObject().put("kind", row.actorKind());
    Formats.putUnlessNull(actor, "id", row.actorId().isEmpty() ? null : row.actorId());
    Formats.putUnlessNull(actor, "name", row.actorName());
    var json =
        new JsonObject()
            .put("position", row.position())
            .put("at", row.at().toString())
            .put("actor", actor);
    Formats.putUnlessNull(json, "address", row.address());
    Formats.putUnlessNull(json, "requestId", row.requestId());
    json.put("action", row.action())
        .put("subject", new JsonObject().put("kind", row.subjectKind()).put("id", row.subjectId()));
    Formats.putUnlessNull(json, "before", row.before());
    Formats.putUnlessNull(json, "after", row.after());
    return json.put("hash", row.hash());
  }
}
