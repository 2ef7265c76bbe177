package points.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import points.cluster.timing.StartedParts;
import points.gateway.ops.Management;
import points.gateway.web.GatewayServices;

/** The ports of a node: the API on every event loop, and its management. */
record Servers(int httpPort, int managementPort) {

  /**
   * Opens the ports. A setting of 0 takes a free one.
   *
   * @param begun learns how each port is closed
   */
  static Future<Servers> open(
      Vertx vertx,
      Settings settings,
      GatewayServices services,
      Management management,
      StartedParts begun) {
    var port = new AtomicInteger();
    var instances = new AtomicInteger();
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    return vertx
        .deployVerticle(
            () -> new HttpVerticle(settings, services, instances.getAndIncrement(), port),
            new DeploymentOptions().setInstances(loops))
        .recover(closed("POINTS_HTTP_PORT", settings.httpHost(), settings.httpPort()))
        .onSuccess(deployment -> begun.add(() -> vertx.undeploy(deployment)))
        .compose(all -> manage(vertx, settings, management))
        .onSuccess(server -> begun.add(server::close))
        .map(server -> new Servers(port.get(), server.actualPort()));
  }

  private static Future<HttpServer> manage(Vertx vertx, Settings settings, Management management) {
    String host = settings.managementHost();
    int port = settings.managementPort();
    return management
        .listen(vertx, host, port)
        .recover(closed("POINTS_MANAGEMENT_PORT", host, port));
  }

  private static <T> Function<Throwable, Future<T>> closed(String setting, String host, int port) {
    return cause -> {
      String why = "cannot listen on %s:%d (%s): %s".formatted(host, port, setting, cause);
      return Future.failedFuture(new IllegalStateException(why, cause));
    };
  }
}
