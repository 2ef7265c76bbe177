package points.gateway.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import points.gateway.access.Permission;
import points.gateway.web.Problem.Code;

/**
 * Mounts the routes of the API on one event loop: each behind its key, with its body and its query
 * checked.
 */
public final class ApiRouter {

  private static final Handler<RoutingContext> NO_QUERY = QueryParameters.only(Set.of());

  private final Router router;
  private final Authentication guard;
  private final RequestLifecycle entrance;
  private final Bodies bodies;

  /** Which methods each path has. */
  private final Map<String, SortedSet<String>> methods = new LinkedHashMap<>();

  /** Puts what every request passes through on this router. */
  public ApiRouter(Router router, GatewayServices services) {
    this.router = router;
    this.guard = new Authentication(services.keys());
    this.bodies = new Bodies(services.bytes());
    this.entrance =
        new RequestLifecycle(services.inFlight(), services.deadline(), services.meters());
    router.route().handler(entrance).handler(ApiRouter::leaveOutSlashes);
  }

  /** Names a path that is mounted by other means, with the methods it has. */
  public void mounted(String path, Set<String> itsMethods) {
    methods.put(path, new TreeSet<>(itsMethods));
  }

  /** Mounts the answers to all else: other methods, other paths, failures. To be called last. */
  public void mountRest() {
    mountOtherMethods();
    mountErrors();
  }

  /** The router takes a path with a slash at its end as well; the contract does not. */
  private static void leaveOutSlashes(RoutingContext ctx) {
    String path = ctx.request().path();
    if (path != null && path.endsWith("/") && path.length() > 1) {
      ctx.fail(404);
    } else {
      ctx.next();
    }
  }

  /** Answers what cannot be read as a request, and so does not get to the routes. */
  public void refuse(HttpServerRequest request) {
    entrance.refuse(request);
  }

  /** Lets time pass: answers the requests whose time is up. */
  public void tick() {
    entrance.answerOverdue();
  }

  /**
   * Mounts a call that reads.
   *
   * @param parameters all that its query may have
   */
  public void get(
      String path, Permission permission, Handler<RoutingContext> handler, String... parameters) {
    Handler<RoutingContext> query = QueryParameters.only(Set.of(parameters));
    route(HttpMethod.GET, path)
        .method(HttpMethod.HEAD)
        .handler(guard.needs(permission))
        .handler(query)
        .handler(handler);
    allow(HttpMethod.HEAD, path);
  }

  public void delete(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.DELETE, path)
        .handler(guard.needs(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  public void post(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, handler);
  }

  /** Mounts a call whose fields may all be left out, and its body with them. */
  public void postWithoutBody(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, JsonRequest::mayBeEmpty, handler);
  }

  /** Mounts a call whose body is a stream of lines, which the handler takes as they come. */
  public void lines(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.POST, path)
        .handler(guard.needs(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  /** From now on the request has no deadline. */
  public void takesItsTime(RoutingContext ctx) {
    entrance.takesItsTime(ctx);
  }

  public void put(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.PUT, path, permission, handler);
  }

  public void patch(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.PATCH, path, permission, handler);
  }

  /** The key first: who has none does not get to have a body kept. */
  @SafeVarargs
  private void withBody(
      HttpMethod method, String path, Permission permission, Handler<RoutingContext>... handlers) {
    Route route =
        route(method, path)
            .handler(guard.needs(permission))
            .handler(bodies)
            .handler(ApiRouter::leaveOutAnswered)
            .handler(guard::checkAgain)
            .handler(NO_QUERY);
    for (Handler<RoutingContext> handler : handlers) {
      route.handler(handler);
    }
  }

  /** The body may have come after the request was given up. */
  private static void leaveOutAnswered(RoutingContext ctx) {
    if (!ctx.response().ended()) {
      ctx.next();
    }
  }

  private Route route(HttpMethod method, String path) {
    allow(method, path);
    return router.route(method, path);
  }

  private void allow(HttpMethod method, String path) {
    methods.computeIfAbsent(path, key -> new TreeSet<>()).add(method.name());
  }

  /**
   * A last route for each path, which its methods do not get to. The router itself answers 405
   * without {@code Allow}, and does not tell which of its paths it was.
   */
  private void mountOtherMethods() {
    methods.forEach(
        (path, allowed) -> router.route(path).handler(ctx -> Responses.onlyAllowed(ctx, allowed)));
  }

  private void mountErrors() {
    router.errorHandler(404, ctx -> Responses.problem(ctx, Code.NOT_FOUND, "No such address."));
    router.errorHandler(
        400,
        ctx -> {
          if (RequestLifecycle.hasSeen(ctx)) {
            Responses.problem(ctx, Code.INVALID_QUERY, "The address cannot be read.");
          } else {
            entrance.refuse(ctx.request());
          }
        });
    router.errorHandler(
        500,
        ctx -> {
          Throwable cause = ctx.failure();
          Responses.fault(ctx, cause == null ? new IllegalStateException("no cause") : cause);
        });
  }
}
