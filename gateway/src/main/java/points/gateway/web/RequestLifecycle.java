package points.gateway.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import points.gateway.admission.InFlight;
import points.gateway.admission.OpenRequests;
import points.gateway.lines.EndReason;
import points.gateway.web.Problem.Code;
import points.ledger.form.Formats;

/**
 * Admits, measures and ends every request. One instance per event loop.
 *
 * <p>A request gets its id here, is admitted or refused, and is answered when its deadline passes.
 */
public final class RequestLifecycle implements Handler<RoutingContext> {

  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final String ID = "requestId";
  private static final String PROBLEM = "problem";
  private static final String WITHOUT_DEADLINE = "without-deadline";
  private static final String OWN_DEADLINE = "own-deadline";
  private static final String PLACE = "place";
  private static final int ID_LENGTH_MAX = 128;

  /** The kind of request that a timer measures. */
  private record Kind(String method, String route, int status) {}

  private final InFlight inFlight;
  private final OpenRequests<RoutingContext> open = new OpenRequests<>();
  private final long deadlineNanos;
  private final MeterRegistry meters;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /**
   * @param deadline the time after which a request is answered, whatever has become of it
   */
  RequestLifecycle(InFlight inFlight, Duration deadline, MeterRegistry meters) {
    this.inFlight = inFlight;
    this.deadlineNanos = deadline.toNanos();
    this.meters = meters;
  }

  @Override
  public void handle(RoutingContext ctx) {
    long arrived = System.nanoTime();
    requestId(ctx);
    ctx.request().exceptionHandler(cause -> answerMalformed(ctx, cause));
    boolean entered = inFlight.enter();
    if (entered) {
      ctx.put(
          PLACE,
          (Runnable)
              () -> {
                inFlight.leave();
                open.remove(ctx);
              });
    }
    ctx.addEndHandler(
        ended -> {
          freePlace(ctx);
          measure(ctx, System.nanoTime() - arrived);
        });
    if (entered) {
      open.add(ctx, arrived);
      ctx.next();
    } else if (inFlight.isClosed()) {
      Responses.problem(ctx, Code.OVERLOADED, "This node is shutting down. Nothing was applied.");
    } else {
      Responses.problem(
          ctx, Code.TOO_MANY_REQUESTS, "Too many requests are under way. Nothing was applied.");
    }
  }

  /** Answers a request that cannot be parsed. */
  void refuse(HttpServerRequest request) {
    Problem problem = unreadable(request.decoderResult().cause());
    count(problem.code());
    String id = idOf(request);
    request.response().putHeader(REQUEST_ID, id);
    Responses.answerUnparsed(request, problem, id);
  }

  /**
   * Answers a request whose body turned out not to be HTTP. A caller that has gone gets no answer
   * and leaves no line in the log: it may come back and send all again.
   */
  private static void answerMalformed(RoutingContext ctx, Throwable cause) {
    if (EndReason.of(cause) == EndReason.GONE) {
      return;
    }
    ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Responses.problem(ctx, unreadable(cause));
  }

  private static Problem unreadable(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(Code.URI_TOO_LONG, "Method, address and version are too long together.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      return Problem.of(Code.HEADERS_TOO_LARGE, "The headers are too large together.");
    }
    return Problem.of(
        Code.MALFORMED_REQUEST,
        "This cannot be read as HTTP/1.1: one Host, a length or well-formed chunks.");
  }

  /** Answers the requests whose deadline has passed. Called every few milliseconds. */
  void answerOverdue() {
    for (RoutingContext ctx : open.takeOlderThan(deadlineNanos, System.nanoTime())) {
      if (ctx.get(OWN_DEADLINE) != null) {
        continue;
      }
      if (Authentication.hasPassed(ctx) && !ctx.request().isEnded()) {
        refuseSlowBody(ctx);
      } else {
        Responses.problem(ctx, Responses.IN_DOUBT);
      }
    }
  }

  /**
   * Refuses a request whose body is still arriving, and closes its connection: a body that trickles
   * in holds memory.
   */
  private static void refuseSlowBody(RoutingContext ctx) {
    HttpConnection connection = ctx.request().connection();
    ctx.addEndHandler(ended -> connection.close());
    Responses.problem(
        ctx, Code.REQUEST_TIMEOUT, "The rest of the body did not come. Nothing was applied.");
  }

  /**
   * Takes the deadline off a request that lasts as long as its body. Its time is not measured
   * either, because it would say nothing about other requests.
   */
  void removeDeadline(RoutingContext ctx) {
    open.remove(ctx);
    ctx.put(WITHOUT_DEADLINE, true);
  }

  /**
   * Frees the place of a request that only waits for its end, and takes its deadline off. Calling
   * it again changes nothing.
   */
  public static void freePlace(RoutingContext ctx) {
    Runnable leave = ctx.remove(PLACE);
    if (leave != null) {
      leave.run();
    }
  }

  /** Notes that the call has a limit of its own, which is later than the general deadline. */
  public static void useOwnDeadline(RoutingContext ctx) {
    ctx.put(OWN_DEADLINE, true);
  }

  /** Returns the request's id, and gives it one if it has none yet. */
  public static String requestId(RoutingContext ctx) {
    String known = ctx.get(ID);
    if (known != null) {
      return known;
    }
    String id = idOf(ctx.request());
    ctx.put(ID, id);
    ctx.response().putHeader(REQUEST_ID, id);
    return id;
  }

  /**
   * Returns whether the request passed this handler: the router refuses some requests by itself.
   */
  static boolean hasStarted(RoutingContext ctx) {
    return ctx.get(ID) != null;
  }

  /** Returns the name of the request in the log: its id, and its trace id where that is another. */
  public static String logName(RoutingContext ctx) {
    String id = requestId(ctx);
    TraceContext trace = TraceContext.of(ctx.request());
    return trace == null || id.startsWith(trace.traceId())
        ? "request " + id
        : "request " + id + " of trace " + trace.traceId();
  }

  /** Notes the problem that a request ends with, for the counters. */
  public static void note(RoutingContext ctx, ProblemCode code) {
    ctx.put(PROBLEM, code);
  }

  private void measure(RoutingContext ctx, long nanos) {
    Kind kind = kind(ctx);
    if (ctx.get(WITHOUT_DEADLINE) == null) {
      timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }
    ProblemCode problem = ctx.get(PROBLEM);
    if (problem != null) {
      count(problem);
    }
  }

  private void count(ProblemCode problem) {
    meters.counter("points.http.problems", "code", problem.label()).increment();
  }

  private Timer timer(Kind kind) {
    return Timer.builder("points.http.requests")
        .description("from a request's arrival to the end of its answer")
        .tags(
            Tags.of(
                "method", kind.method(),
                "route", kind.route(),
                "status", Integer.toString(kind.status())))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofNanos(100_000))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(meters);
  }

  /**
   * Returns the kind under which a request is measured.
   *
   * <p>Strangers may invent paths and methods, and try every path there is. They must not create
   * time series that way, so all such requests with the same status count as one kind.
   */
  private static Kind kind(RoutingContext ctx) {
    int status = ctx.response().getStatusCode();
    Route route = ctx.currentRoute();
    String path = route == null ? null : route.getPath();
    boolean isPublic = path != null && !path.startsWith("/v1/");
    return path == null || status == 405 || !(isPublic || Authentication.hasPassed(ctx))
        ? new Kind("other", "none", status)
        : new Kind(ctx.request().method().name(), path, status);
  }

  /** Returns the caller's own id, else its trace's and span's, else a new one. */
  private static String idOf(HttpServerRequest request) {
    String given = request.getHeader(REQUEST_ID);
    if (given != null && Formats.isVisibleAscii(given, ID_LENGTH_MAX)) {
      return given;
    }
    TraceContext trace = TraceContext.of(request);
    if (trace != null) {
      return trace.traceId() + "-" + trace.parentId();
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }
}
