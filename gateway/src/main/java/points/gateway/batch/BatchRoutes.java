package points.gateway.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import points.gateway.access.ApiKeys;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.batch.BatchRecords.Sender;
import points.gateway.call.WriteCall;
import points.gateway.lines.LineLimits;
import points.gateway.lines.LineStream;
import points.gateway.lines.LineStream.Ended;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Bodies;
import points.gateway.web.GatewayServices;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.RequestLifecycle;
import points.gateway.web.Responses;
import points.ledger.Registry;
import points.ledger.review.LateOrders;

/**
 * {@code /v1/batches}: many calls in one request, a record each, answered record by record while
 * more arrive. One instance per event loop.
 */
public final class BatchRoutes {

  static final int LINE_BYTES_MAX = 64 * 1024;
  static final String NDJSON = "application/x-ndjson";

  /**
   * The media type for generated clients that would write a body of a JSON type as a JSON string.
   */
  private static final String PLAIN = "text/plain";

  private static final LineLimits LIMITS =
      new LineLimits(LINE_BYTES_MAX, 256, 512 * 1024, 5_000_000, Duration.ofSeconds(60));

  /**
   * Bytes that a batch takes of the node's budget: its records under way and the one being read.
   */
  private static final int BYTES_MAX = LIMITS.bytesInFlightMax() + 2 * LINE_BYTES_MAX;

  private final InFlight inFlight;
  private final InFlight batches;
  private final ByteBudget bytes;
  private final Map<String, WriteCall> calls;
  private final Registry registry;
  private final InstantSource time;
  private final LateOrders late;
  private final BatchMeters meters;
  private final ApiKeys keys;
  private final Map<LineStream, Credential> open = new HashMap<>();

  /**
   * @param calls the calls by the type of their records
   */
  public BatchRoutes(GatewayServices services, Map<String, WriteCall> calls) {
    this.inFlight = services.inFlight();
    this.batches = services.batches();
    this.bytes = services.bytes();
    this.calls = calls;
    this.registry = services.registry();
    this.time = services.ledger().time();
    this.keys = services.keys();
    this.late = services.ledger().lateOrders();
    this.meters = new BatchMeters(services.meters());
  }

  public void mount(ApiRouter api) {
    api.postStream("/v1/batches", Permission.SEND_BATCHES, ctx -> batch(api, ctx));
  }

  /** Ends batches that wait too long for their caller. Called every few milliseconds. */
  public void tick() {
    long now = System.nanoTime();
    Map.copyOf(open)
        .forEach(
            (stream, sender) -> {
              if (keys.isRevoked(sender)) {
                stream.endForRevokedKey();
              } else if (inFlight.isClosed()) {
                stream.stop();
              }
              stream.tick(now);
            });
  }

  private void batch(ApiRouter api, RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !Set.of(NDJSON, PLAIN).contains(JsonRequest.typeOf(type))) {
      Responses.problemAndDiscardBody(
          ctx, Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: " + NDJSON + "."));
      return;
    }
    if (!batches.enter()) {
      Responses.problemAndDiscardBody(
          ctx,
          Problem.of(
              Code.TOO_MANY_REQUESTS, "As many batches as may be are under way on this node."));
      return;
    }
    Credential caller = Authentication.caller(ctx);
    if (!bytes.take(caller.id(), BYTES_MAX, BYTES_MAX)) {
      batches.leave();
      Responses.problemAndDiscardBody(ctx, Bodies.NO_ROOM);
      return;
    }
    if (!Bodies.meetsExpectation(ctx)) {
      leave(caller);
      return;
    }
    api.removeDeadline(ctx);
    Responses.beginLines(ctx, NDJSON);
    var sender =
        new Sender(
            caller,
            Authentication.actor(ctx),
            RequestLifecycle.requestId(ctx),
            RequestLifecycle.logName(ctx),
            () -> keys.isRevoked(caller));
    BatchRecords records = records(ctx, sender.revoked());
    var stream =
        new LineStream(
            ctx.vertx(), request, ctx.response(), LIMITS, line -> records.job(sender, line));
    open.put(stream, caller);
    ctx.addEndHandler( // has no effect when the stream has ended already
        over -> {
          if (over.succeeded()) {
            stream.peerGone();
          } else {
            stream.inputFailed(over.cause());
          }
        });
    Responses.endLines(
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
    bytes.giveBack(caller.id(), BYTES_MAX);
    batches.leave();
  }

  private BatchRecords records(RoutingContext ctx, BooleanSupplier revoked) {
    var retries = new Retries(() -> inFlight.isClosed() || revoked.getAsBoolean(), meters::retried);
    return new BatchRecords(ctx.vertx(), calls, late, registry.stores(), retries, meters, time);
  }

  /** Returns the last line of a batch that ends before its records do; empty for other batches. */
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
        : BatchRecordResponse.last(ended.lines() + 1, requestId, problem);
  }
}
