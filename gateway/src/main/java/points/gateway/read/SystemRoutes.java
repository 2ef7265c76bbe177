package points.gateway.read;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.node.DatabaseStatus;
import points.gateway.node.DatabaseWatch;
import points.gateway.node.GoneNode;
import points.gateway.node.NodeReport;
import points.gateway.node.NodeStatus;
import points.gateway.node.Nodes;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.GatewayServices;
import points.gateway.web.Responses;
import points.ledger.trail.AuditTrail;

/**
 * {@code /v1/system}: the nodes, the database, and what waits to be done.
 *
 * <p>People of a program see whether all is well. Where the nodes are, and how large the deployment
 * is, only an operator sees.
 */
public final class SystemRoutes {

  private final Nodes nodes;
  private final DatabaseWatch database;
  private final AuditTrail trail;
  private final InstantSource time;

  public SystemRoutes(GatewayServices services) {
    this.nodes = services.nodes();
    this.database = services.database();
    this.trail = services.registry().trail();
    this.time = services.ledger().time();
  }

  public void mount(ApiRouter api) {
    api.get("/v1/system", Permission.READ_SYSTEM, this::read);
  }

  private void read(RoutingContext ctx) {
    Credential caller = Authentication.caller(ctx);
    boolean runsDeployment = caller.may(Permission.RUN_DEPLOYMENT);
    Future<List<NodeStatus>> seen = nodes.all();
    Future<Optional<DatabaseStatus>> asked = database.status();
    Future<Optional<DatabaseStatus.Size>> size =
        runsDeployment ? database.size() : Future.succeededFuture(Optional.empty());
    Future<Optional<Long>> changes = asked.compose(known -> changes(caller, known.isPresent()));
    Future<JsonObject> answer =
        Future.all(seen, asked, size, changes)
            .map(
                all -> {
                  var json =
                      new JsonObject()
                          .put("at", time.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                          .put("answeredBy", nodes.self())
                          .put("nodes", nodes(seen.result(), runsDeployment))
                          .put("database", database(asked.result(), size.result()));
                  asked.result().ifPresent(known -> putWork(json, known));
                  changes.result().ifPresent(it -> json.put("auditTrail", trail(it)));
                  return json;
                });
    Responses.when(ctx, answer, json -> Responses.json(ctx, 200, json));
  }

  /** A database that is silent is not asked again. */
  private Future<Optional<Long>> changes(Credential caller, boolean answers) {
    return answers
        ? trail.length(caller.programId()).map(Optional::of)
        : Future.succeededFuture(Optional.empty());
  }

  private static JsonArray nodes(List<NodeStatus> nodes, boolean runsDeployment) {
    var array = new JsonArray();
    for (NodeStatus node : nodes) {
      JsonObject json =
          new JsonObject().put("nodeId", node.nodeId()).put("state", node.state().label());
      NodeReport report = node.report();
      if (report != null) {
        put(json, report, runsDeployment);
      }
      GoneNode gone = node.gone();
      if (gone != null) {
        json.put("since", gone.since().truncatedTo(ChronoUnit.SECONDS).toString());
        putUnlessNull(json, "address", runsDeployment ? gone.address() : null);
      }
      array.add(json);
    }
    return array;
  }

  private static void put(JsonObject json, NodeReport report, boolean runsDeployment) {
    json.put("version", report.version()).put("startedAt", report.startedAt().toString());
    putUnlessNull(json, "notReady", report.notReady());
    json.put("cachedReads", report.cachedReads())
        .put("nodesSeen", report.nodes())
        .put("requests", report.requests())
        .put("listeners", report.listeners());
    if (runsDeployment) {
      json.put("address", report.address())
          .put("heapUsedBytes", report.heapUsedBytes())
          .put("heapMaxBytes", report.heapMaxBytes());
    }
  }

  private static JsonObject database(
      Optional<DatabaseStatus> status, Optional<DatabaseStatus.Size> size) {
    var json = new JsonObject().put("state", status.isPresent() ? "answers" : "silent");
    status.ifPresent(known -> json.put("version", known.version()));
    size.ifPresent(
        known ->
            json.put("sizeBytes", known.bytes())
                .put("connections", known.connections())
                .put("connectionsMax", known.connectionsMax()));
    return json;
  }

  private static void putWork(JsonObject json, DatabaseStatus status) {
    json.put(
            "feed",
            new JsonObject()
                .put("lagMillis", status.feedLag().toMillis())
                .put("consumers", status.consumers()))
        .put(
            "outbox",
            new JsonObject()
                .put("waiting", status.outboxWaiting())
                .put("oldestSeconds", status.outboxOldest().toSeconds()))
        .put("jobs", status.jobs());
  }

  private static JsonObject trail(long changes) {
    return new JsonObject().put("changes", changes);
  }

  private static void putUnlessNull(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
