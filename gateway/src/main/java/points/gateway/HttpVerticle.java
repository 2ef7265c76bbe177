package points.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicInteger;
import points.gateway.ops.LoopLag;
import points.gateway.web.GatewayServices;

/** Serves the API on one event loop; all instances share the port. */
final class HttpVerticle extends VerticleBase {

  private static final long TICK_MS = 50;
  private static final int IDLE_SECONDS_MAX = 120;
  private static final int URI_LENGTH_MAX = 4_096;
  private static final int HEADERS_LENGTH_MAX = 16_384;

  /** Least length of a compressed answer, in bytes: a smaller one fits into one packet as it is. */
  private static final int COMPRESSED_BYTES_MIN = 1_024;

  /** Level of compression that has most of the gain for a fraction of the work. */
  private static final int COMPRESSION_LEVEL = 4;

  /** Asks Vert.x for a free port, one for all instances; 0 would give each its own. */
  private static final int ANY_SHARED = -1;

  private final Settings settings;
  private final GatewayServices services;
  private final int loopNo;
  private final AtomicInteger port;

  /**
   * @param loopNo the number of the instance
   * @param port receives the port that all instances listen on
   */
  HttpVerticle(Settings settings, GatewayServices services, int loopNo, AtomicInteger port) {
    this.settings = settings;
    this.services = services;
    this.loopNo = loopNo;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    HttpApi api = new HttpApi(router, services);
    vertx.setPeriodic(TICK_MS, id -> api.tick());
    LoopLag.measure(vertx, services.meters(), loopNo);
    var options =
        new HttpServerOptions()
            .setHost(settings.httpHost())
            .setPort(settings.httpPort() == 0 ? ANY_SHARED : settings.httpPort())
            .setTcpNoDelay(true)
            // A proxy in front that passes an upgrade on would not see the requests behind it.
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setMaxInitialLineLength(URI_LENGTH_MAX)
            .setMaxHeaderSize(HEADERS_LENGTH_MAX)
            .setCompressionSupported(true)
            .setCompressionLevel(COMPRESSION_LEVEL)
            .setCompressionContentSizeThreshold(COMPRESSED_BYTES_MIN);
    return vertx
        .createHttpServer(options)
        .connectionHandler(AnswerBeforeClose::of)
        .requestHandler(request -> take(request, router, api))
        .invalidRequestHandler(api::refuse)
        .listen()
        .onSuccess(server -> port.set(server.actualPort()));
  }

  /**
   * Admits a request if its body has one end. Netty refuses bodies with two ends, or none, but
   * ignores other codings before the chunks; we support none of them, and a proxy in front might.
   */
  private static void take(HttpServerRequest request, Router router, HttpApi api) {
    String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
    boolean framed = coding == null || coding.equalsIgnoreCase("chunked");
    if (framed && request.headers().getAll(HttpHeaders.HOST).size() <= 1) {
      router.handle(request);
    } else {
      api.refuse(request);
    }
  }
}
