package points.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import points.gateway.access.ApiKeys;
import points.gateway.access.Permission;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.http.Problem.Code;
import points.ledger.Ledger;
import points.ledger.Registry;

/** The routes of the API under {@code /v1}, put together for one event loop. */
public final class Api {

  /**
   * What the routes work with.
   *
   * @param batches the batches among the requests under way
   * @param bytes of the bodies of the requests under way
   * @param deadline after which a request is answered whatever has become of it
   */
  public record Services(
      Ledger ledger,
      Registry registry,
      ApiKeys keys,
      InFlight inFlight,
      InFlight batches,
      ByteBudget bytes,
      Duration deadline,
      MeterRegistry meters) {}

  private static final Handler<RoutingContext> NO_QUERY = Query.only(Set.of());

  private final Router router;
  private final Guard guard;
  private final Entrance entrance;
  private final BatchRoutes batches;
  private final Bodies bodies;

  /** Which methods each path has. */
  private final Map<String, SortedSet<String>> methods = new LinkedHashMap<>();

  /** Mounts all routes on this router. */
  public Api(Router router, Services services) {
    this.router = router;
    this.guard = new Guard(services.keys());
    this.bodies = new Bodies(services.bytes());
    this.entrance = new Entrance(services.inFlight(), services.deadline(), services.meters());
    router.route().handler(entrance).handler(Api::leaveOutSlashes);
    Ledger ledger = services.ledger();
    Registry registry = services.registry();
    var setup = new Setup(registry.requests());
    var calls = new Calls(ledger, registry);
    calls.mount(this);
    this.batches = new BatchRoutes(services, calls.asLines());
    batches.mount(this);
    new ReviewRoutes(registry.reviews(), calls.asReviewed()).mount(this);
    new PoolRoutes(ledger, registry, setup).mount(this);
    new EndingRoutes(ledger).mount(this);
    new BalanceRoutes(ledger).mount(this);
    new ExpirationRoutes(ledger).mount(this);
    new ProofRoutes(ledger.proofs()).mount(this);
    new TransactionRoutes(ledger).mount(this);
    new ClaimRoutes(ledger).mount(this);
    new MemberRoutes(registry.profiles(), new Phones(registry.programs()), setup).mount(this);
    new ProgramRoutes(registry.programs(), services.keys(), setup).mount(this);
    new StoreRoutes(registry.stores(), setup).mount(this);
    new ApiKeyRoutes(services.keys(), registry.stores(), setup).mount(this);
    new DocsRoutes()
        .mount(router)
        .forEach(path -> methods.put(path, new TreeSet<>(Set.of("GET", "HEAD"))));
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
    batches.tick();
  }

  /**
   * Mounts a call that reads.
   *
   * @param parameters all that its query may have
   */
  void get(
      String path, Permission permission, Handler<RoutingContext> handler, String... parameters) {
    Handler<RoutingContext> query = Query.only(Set.of(parameters));
    route(HttpMethod.GET, path)
        .method(HttpMethod.HEAD)
        .handler(guard.needs(permission))
        .handler(query)
        .handler(handler);
    allow(HttpMethod.HEAD, path);
  }

  void delete(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.DELETE, path)
        .handler(guard.needs(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  void post(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, handler);
  }

  /** Mounts a call whose fields may all be left out, and its body with them. */
  void postWithoutBody(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.POST, path, permission, Input::mayBeEmpty, handler);
  }

  /** Mounts a call that may come as a line of a batch as well. */
  void post(String path, Call call) {
    post(path, call.permission(), call::answer);
  }

  /** Mounts a call whose body is a stream of lines, which the handler takes as they come. */
  void lines(String path, Permission permission, Handler<RoutingContext> handler) {
    route(HttpMethod.POST, path)
        .handler(guard.needs(permission))
        .handler(NO_QUERY)
        .handler(handler);
  }

  /** From now on the request has no deadline. */
  void takesItsTime(RoutingContext ctx) {
    entrance.takesItsTime(ctx);
  }

  void put(String path, Permission permission, Handler<RoutingContext> handler) {
    withBody(HttpMethod.PUT, path, permission, handler);
  }

  void patch(String path, Permission permission, Handler<RoutingContext> handler) {
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
            .handler(Api::leaveOutAnswered)
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
        (path, allowed) -> router.route(path).handler(ctx -> Reply.onlyAllowed(ctx, allowed)));
  }

  private void mountErrors() {
    router.errorHandler(404, ctx -> Reply.problem(ctx, Code.NOT_FOUND, "No such address."));
    router.errorHandler(
        400,
        ctx -> {
          if (Entrance.hasSeen(ctx)) {
            Reply.problem(ctx, Code.INVALID_QUERY, "The address cannot be read.");
          } else {
            entrance.refuse(ctx.request());
          }
        });
    router.errorHandler(
        500,
        ctx -> {
          Throwable cause = ctx.failure();
          Reply.fault(ctx, cause == null ? new IllegalStateException("no cause") : cause);
        });
  }
}
