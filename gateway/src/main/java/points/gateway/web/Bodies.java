package points.gateway.web;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import points.gateway.admission.ByteBudget;
import points.gateway.web.Problem.Code;

/**
 * Reads the bodies of requests within limits: per request, per API key and per node.
 *
 * <p>A body is never parsed as a form, whatever its content type. It counts against the budget of
 * bytes until its request is answered.
 */
public final class Bodies implements Handler<RoutingContext> {

  /** Largest body, in bytes. */
  static final long MAX = 256 * 1024;

  public static final Problem NO_ROOM =
      Problem.of(
          Code.TOO_MANY_REQUESTS,
          "The bodies of the requests under way are too large together, those of this API key or"
              + " those of all. Nothing was applied.");

  private static final String BODY = "body";
  private static final CharSequence CONTINUE = HttpHeaders.CONTINUE;

  private final ByteBudget budget;

  Bodies(ByteBudget budget) {
    this.budget = budget;
  }

  /** The body that was read; empty when there was none. */
  static Buffer of(RoutingContext ctx) {
    Buffer body = ctx.get(BODY);
    return body == null ? Buffer.buffer() : body;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    long declared = length(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    if (declared > MAX) {
      tooLarge(ctx);
      return;
    }
    if (!meetsExpectation(ctx)) {
      return;
    }
    var reading = new Reading(ctx, declared);
    ctx.addEndHandler(ended -> reading.over());
    request.handler(reading::take).endHandler(all -> reading.end());
  }

  /** Returns the length that a request declares for its body; 0 when it declares none. */
  private static long length(@Nullable String declared) {
    try {
      return declared == null ? 0 : Long.parseLong(declared.strip());
    } catch (NumberFormatException e) {
      return Long
          .MAX_VALUE; // more digits than a long has: the HTTP parser lets nothing else through
    }
  }

  /**
   * Answers a caller that asks by {@code Expect} whether to send the body.
   *
   * @return whether the body may be read; if not, the request has been answered
   */
  public static boolean meetsExpectation(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String expected = request.getHeader(HttpHeaders.EXPECT);
    if (expected == null || request.version() == HttpVersion.HTTP_1_0) {
      return true;
    }
    if (!expected.equalsIgnoreCase(CONTINUE.toString())) {
      Responses.problemAndDiscardBody(
          ctx, Problem.of(Code.EXPECTATION_FAILED, "Only Expect: 100-continue can be met."));
      return false;
    }
    ctx.response().writeContinue();
    return true;
  }

  private static void tooLarge(RoutingContext ctx) {
    Responses.problemAndDiscardBody(
        ctx, Problem.of(Code.BODY_TOO_LARGE, "A body has at most " + MAX + " bytes."));
  }

  /** One body that is being read. */
  private final class Reading {

    private final RoutingContext ctx;
    private final String callerId;
    private final long declared;
    private Buffer body = Buffer.buffer();
    private long held;
    private boolean over;

    Reading(RoutingContext ctx, long declared) {
      this.ctx = ctx;
      this.callerId = Authentication.caller(ctx).id();
      this.declared = declared;
    }

    void take(Buffer chunk) {
      if (over) {
        return;
      }
      long size = held + chunk.length();
      if (size > MAX) {
        over();
        tooLarge(ctx);
      } else if (!budget.take(callerId, chunk.length(), Math.max(size, declared))) {
        over();
        Responses.problemAndDiscardBody(ctx, NO_ROOM);
      } else {
        held = size;
        body.appendBuffer(chunk);
      }
    }

    void end() {
      if (!over) {
        ctx.put(BODY, body);
        body = Buffer.buffer();
        ctx.next();
      }
    }

    /** Releases the bytes when the request was answered or its caller has gone. */
    void over() {
      over = true;
      body = Buffer.buffer();
      budget.giveBack(callerId, held);
      held = 0;
    }
  }
}
