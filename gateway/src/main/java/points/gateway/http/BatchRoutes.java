package points.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import points.gateway.access.ApiKeys;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.http.BatchLines.Sender;
import points.gateway.http.Problem.Code;
import points.gateway.lines.LineLimits;
import points.gateway.lines.LineStream;
import points.gateway.lines.LineStream.Ended;
import points.ledger.Registry;

/**
 * {@code /v1/batches}: many calls in one request, a line each, answered line by line while they
 * come in. One per event loop.
 */
final class BatchRoutes {

  static final int LINE_BYTES_MAX = 64 * 1024;
  static final String NDJSON = "application/x-ndjson";

  /** For generated clients that would write a body of a JSON type as a JSON string. */
  private static final String PLAIN = "text/plain";

  private static final LineLimits LIMITS =
      new LineLimits(LINE_BYTES_MAX, 256, 512 * 1024, 5_000_000, Duration.ofSeconds(60));

  /** What a batch takes of the node's budget: its lines under way and one that comes in. */
  private static final int BYTES_MAX = LIMITS.bytesInFlightMax() + 2 * LINE_BYTES_MAX;

  private final InFlight inFlight;
  private final InFlight batches;
  private final ByteBudget bytes;
  private final Map<String, Call> calls;
  private final Registry registry;
  private final LateSales late;
  private final BatchMeters meters;
  private final ApiKeys keys;
  private final Map<LineStream, Credential> open = new HashMap<>();

  /**
   * @param calls by the type of their lines
   */
  BatchRoutes(Api.Services services, Map<String, Call> calls) {
    this.inFlight = services.inFlight();
    this.batches = services.batches();
    this.bytes = services.bytes();
    this.calls = calls;
    this.registry = services.registry();
    this.keys = services.keys();
    this.late = new LateSales(registry.programs(), registry.reviews(), services.ledger());
    this.meters = new BatchMeters(services.meters());
  }

  void mount(Api api) {
    api.lines("/v1/batches", Permission.SERVE, ctx -> batch(api, ctx));
  }

  /** Lets time pass. Called every few milliseconds. */
  void tick() {
    long now = System.nanoTime();
    Map.copyOf(open)
        .forEach(
            (stream, sender) -> {
              if (keys.isRevoked(sender)) {
                stream.forbid();
              } else if (inFlight.isClosed()) {
                stream.stop();
              }
              stream.tick(now);
            });
  }

  private void batch(Api api, RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !Set.of(NDJSON, PLAIN).contains(Input.typeOf(type))) {
      Reply.lastOf(
          ctx, Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: " + NDJSON + "."));
      return;
    }
    if (!batches.enter()) {
      Reply.lastOf(
          ctx,
          Problem.of(
              Code.TOO_MANY_REQUESTS, "As many batches as may be are under way on this node."));
      return;
    }
    Credential caller = Guard.caller(ctx);
    if (!bytes.take(caller.keyId(), BYTES_MAX, BYTES_MAX)) {
      batches.leave();
      Reply.lastOf(ctx, Bodies.NO_ROOM);
      return;
    }
    if (!Bodies.mayCome(ctx)) {
      leave(caller);
      return;
    }
    api.takesItsTime(ctx);
    Reply.beginLines(ctx, NDJSON);
    var sender =
        new Sender(
            caller, Entrance.requestId(ctx), Entrance.logName(ctx), () -> keys.isRevoked(caller));
    BatchLines lines = lines(ctx, sender.revoked());
    var stream =
        new LineStream(
            ctx.vertx(), request, ctx.response(), LIMITS, line -> lines.job(sender, line));
    open.put(stream, caller);
    ctx.addEndHandler( // has no effect when it was over by itself
        over -> {
          if (over.succeeded()) {
            stream.gone();
          } else {
            stream.broken(over.cause());
          }
        });
    Reply.lines(
        ctx,
        stream
            .run()
            .andThen(
                ended -> {
                  open.remove(stream);
                  leave(caller);
                }),
        ended -> last(ended, sender.requestId()));
  }

  private void leave(Credential caller) {
    bytes.giveBack(caller.keyId(), BYTES_MAX);
    batches.leave();
  }

  private BatchLines lines(RoutingContext ctx, BooleanSupplier revoked) {
    var retries = new Retries(() -> inFlight.isClosed() || revoked.getAsBoolean(), meters::retried);
    return new BatchLines(ctx.vertx(), calls, late, registry.stores(), retries, meters);
  }

  /** What is said when a batch ends before its lines do; empty when there is nothing to say. */
  private static Buffer last(Ended ended, String requestId) {
    Problem problem =
        switch (ended.how()) {
          case COMPLETE, GONE -> null;
          case STOPPED ->
              Problem.of(
                  Code.OVERLOADED,
                  "This node is shutting down. No line from this one on was taken.");
          case FORBIDDEN ->
              Problem.of(
                  Code.UNAUTHORIZED,
                  "The API key was revoked. No line from this one on was taken.");
          case IDLE ->
              Problem.of(
                  Code.REQUEST_TIMEOUT,
                  "No line came for %d s. No line from this one on was taken."
                      .formatted(LIMITS.idleMax().toSeconds()));
          case UNREADABLE ->
              Problem.of(
                  Code.MALFORMED_REQUEST,
                  "The chunks cannot be read as HTTP/1.1. No line from this one on was taken.");
          case TOO_MANY_LINES ->
              Problem.of(
                  Code.TOO_MANY_LINES,
                  "A batch has at most %d lines. No line from this one on was taken."
                      .formatted(LIMITS.linesMax()));
        };
    return problem == null
        ? Buffer.buffer()
        : LineAnswer.last(ended.lines() + 1, requestId, problem);
  }
}
