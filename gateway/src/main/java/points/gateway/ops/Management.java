package points.gateway.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Health, readiness and metrics. Not for the public: bind it to a private address. */
public final class Management {

  private static final long READY_WAIT_MS = 1_000;

  private final PrometheusMeterRegistry meters;
  private final Supplier<Future<Boolean>> ready;
  private final @Nullable TestClock clock;

  /**
   * @param ready returns whether this node should get requests
   * @param clock set by whoever calls {@code /clock}; null where nobody may
   */
  public Management(
      PrometheusMeterRegistry meters, Supplier<Future<Boolean>> ready, @Nullable TestClock clock) {
    this.meters = meters;
    this.ready = ready;
    this.clock = clock;
  }

  /** Opens the port. Port 0 takes a free one. */
  public Future<HttpServer> listen(Vertx vertx, String host, int port) {
    Router router = Router.router(vertx);
    router.get("/health/live").handler(ctx -> reply(ctx, true));
    router
        .get("/health/ready")
        .handler(
            ctx ->
                ready
                    .get()
                    .timeout(READY_WAIT_MS, TimeUnit.MILLISECONDS)
                    .otherwise(false)
                    .onSuccess(isReady -> reply(ctx, isReady)));
    router.get("/metrics").handler(ctx -> scrape(vertx, ctx));
    if (clock != null) {
      new ClockRoutes(clock).mount(router);
    }
    var options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    return vertx.createHttpServer(options).requestHandler(router).listen(port, host);
  }

  private static void reply(RoutingContext ctx, boolean up) {
    ctx.response()
        .setStatusCode(up ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("status", up ? "UP" : "DOWN").toBuffer());
  }

  /** Writes the metrics outside the event loop, because thousands of series take milliseconds. */
  private void scrape(Vertx vertx, RoutingContext ctx) {
    vertx
        .executeBlocking(() -> meters.scrape(), false)
        .onSuccess(
            text ->
                ctx.response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(text))
        .onFailure(ctx::fail);
  }
}
