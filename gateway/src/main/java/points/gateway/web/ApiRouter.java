package points.gateway.web;

import io.vertx.core.Future;
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
 * Mounts the routes of the API on one event loop.
 *
 * <p>Each route stands behind its API key, and its query and body are checked before its handler
 * runs.
 */
public final class ApiRouter {

  private static final Handler<RoutingContext> NO_QUERY = QueryParameters.only(Set.of());

  /** Begins the addresses of the console, which may end with a slash. */
  private static final String PAGES = "/console/";

  private final Router router;
  private final Authentication authentication;
  private final RequestLifecycle lifecycle;
  private final Bodies bodies;

  /** The methods of each path. */
  private final Map<String, SortedSet<String>> methods = new LinkedHashMap<>();

  /** Mounts on this router the handlers that every request passes through. */
  public ApiRouter(Router router, GatewayServices services) {
    this.router = router;
    this.authentication =
        new Authentication(services.keys(), services.staff().sessions(), services.proxies());
    this.bodies = new Bodies(services.bytes());
    this.lifecycle =
        new RequestLifecycle(services.inFlight(), services.deadline(), services.meters());
    router.route().handler(lifecycle).handler(ApiRouter::refuseTrailingSlash);
  }

  /** Registers a path that is mounted by other means, with the methods it has. */
  public void register(String path, Set<String> allowed) {
    methods.put(path, new TreeSet<>(allowed));
  }

  /** Mounts the answers to all other methods, other paths and failures. To be called last. */
  public void mountFallbacks() {
    mountOtherMethods();
    mountErrors();
  }

  /**
   * Answers 404 to a path that ends with a slash, which the router would accept, against the
   * contract. Pages of the console are no part of it.
   */
  private static void refuseTrailingSlash(RoutingContext ctx) {
    String path = ctx.request().path();
    if (path != null && path.endsWith("/") && path.length() > 1 && !path.startsWith(PAGES)) {
      ctx.fail(404);
    } else {
      ctx.next();
    }
  }

  /** Answers a request that cannot be parsed, and so does not reach the routes. */
  public void refuse(HttpServerRequest request) {
    lifecycle.refuse(request);
  }

  /** Answers the requests whose deadline has passed. Called every few milliseconds. */
  public void tick() {
    lifecycle.answerOverdue();
  }

  /**
   * Mounts a call that reads.
   *
   * @param parameters all parameters that its query may have
   */
  public void get(
      String path, Permission permission, Handler<RoutingContext> handler, String... parameters) {
    Handler<RoutingContext> query = QueryParameters.only(Set.of(parameters));
    route(HttpMethod.GET, path)
        .method(HttpMethod.HEAD)
        .handler(authentication.require(permission))
        .handler(query)
        .handler(handler);
    allow(HttpMethod.HEAD, path);
  }

  public void delete(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.DELETE, path)
        .handler(authentication.require(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  /** Mounts a call that removes something and has a body. */
  public void deleteWithBody(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.DELETE, path, permission, handler);
  }

  public void post(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, handler);
  }

  /** Mounts a call that reads and needs no caller. */
  public void getByAnybody(String path, Handler<RoutingContext> handler) {
    route(HttpMethod.GET, path)
        .method(HttpMethod.HEAD)
        .handler(authentication.admitAnybody())
        .handler(NO_QUERY)
        .handler(handler);
    allow(HttpMethod.HEAD, path);
  }

  /**
   * Mounts an address that browsers are sent to and that needs no caller. Others may add parameters
   * to it, which are not looked at.
   */
  public void getPage(String path, Handler<RoutingContext> handler) {
    route(HttpMethod.GET, path).handler(authentication.admitAnybody()).handler(handler);
  }

  /** Mounts a call that needs no caller: signing in. */
  public void postByAnybody(String path, Handler<RoutingContext> handler) {
    route(HttpMethod.POST, path)
        .handler(authentication.admitAnybody())
        .handler(bodies)
        .handler(ApiRouter::skipAnswered)
        .handler(NO_QUERY)
        .handler(handler);
  }

  /** Mounts a call whose fields are all optional, so that its body is optional too. */
  public void postWithOptionalBody(
      String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, JsonRequest::allowEmptyBody, handler);
  }

  /** Mounts a call whose body is a stream of records, which the handler reads as they arrive. */
  public void postStream(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.POST, path)
        .handler(authentication.require(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  /** Takes the deadline off a request that lasts as long as its body. */
  public void removeDeadline(RoutingContext ctx) {
    lifecycle.removeDeadline(ctx);
  }

  /** Returns whether the caller of a request that lasts still has the key or the session it had. */
  public Future<Boolean> isCallerStillThere(RoutingContext ctx) {
    return authentication.isStillThere(ctx);
  }

  public void put(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.PUT, path, permission, handler);
  }

  public void patch(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.PATCH, path, permission, handler);
  }

  /**
   * Mounts a call with a body. The key is checked first: no body is kept for a caller without one.
   */
  @SafeVarargs
  private void withBody(
      HttpMethod method, String path, Permission permission, Handler<RoutingContext>... handlers) {
    Route route =
        route(method, path)
            .handler(authentication.require(permission))
            .handler(bodies)
            .handler(ApiRouter::skipAnswered)
            .handler(authentication::checkAgain)
            .handler(NO_QUERY);
    for (Handler<RoutingContext> handler : handlers) {
      route.handler(handler);
    }
  }

  /**
   * Stops a request that was answered, because its deadline had passed, before its body was
   * complete.
   */
  private static void skipAnswered(RoutingContext ctx) {
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
   * Mounts a last route for each path, which answers 405 with {@code Allow} to methods that the
   * path does not have. The router's own 405 has no {@code Allow} and does not say which path
   * matched.
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
          if (RequestLifecycle.hasStarted(ctx)) {
            Responses.problem(ctx, Code.INVALID_QUERY, "The address cannot be read.");
          } else {
            lifecycle.refuse(ctx.request());
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
