package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import points.gateway.lines.EndReason;
import points.gateway.lines.LineStream.Ended;
import points.gateway.web.Problem.Code;
import points.ledger.form.JsonText;
import points.ledger.registry.SetupRequests;

/** Writes the answers of all routes of the API. */
public final class Responses {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("Idempotent-Replayed");
  private static final CharSequence UNDONE = HttpHeaders.createOptimized("Transaction-Undone");
  private static final CharSequence TRUE = HttpHeaders.createOptimized("true");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  private static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");

  /**
   * Time, in milliseconds, for which the rest of a request is read and thrown away after its
   * answer.
   */
  private static final long LINGER_MS = 1_000;

  /** The answer when nobody knows whether the call was applied. */
  public static final Problem IN_DOUBT =
      Problem.of(
          Code.DEADLINE_EXCEEDED,
          "Whether it was applied is not known; the same request with the same key clears it.");

  /** The answer when the database could not be asked. */
  public static final Problem NOT_REACHED =
      Problem.of(Code.LEDGER_UNAVAILABLE, "The database does not answer. Nothing was applied.");

  private Responses() {}

  /**
   * Makes the answer when the future completes.
   *
   * <p>A future that fails, and an answer that cannot be made, end as a problem at once: an
   * exception in a future's own handler would leave the caller waiting for the deadline. A caller
   * that was already answered, because the deadline has passed, gets no other answer.
   */
  public static <T> void when(RoutingContext ctx, Future<T> future, Consumer<T> answer) {
    future
        .map(
            value -> {
              if (!isOver(ctx)) {
                answer.accept(value);
              }
              return ctx;
            })
        .onFailure(cause -> fault(ctx, cause));
  }

  public static void json(RoutingContext ctx, int status, JsonObject body) {
    send(ctx, status, JSON, Buffer.buffer(JsonText.of(body)));
  }

  /** Answers with a body that is JSON already. */
  public static void json(RoutingContext ctx, int status, Buffer body) {
    send(ctx, status, JSON, body);
  }

  public static void result(RoutingContext ctx, CallResult result) {
    if (result instanceof CallResult.Success done) {
      if (done.replayed()) {
        ctx.response().putHeader(REPLAYED, TRUE);
      }
      if (done.undone() != null) {
        ctx.response().putHeader(UNDONE, done.undoneLabel());
      }
      json(ctx, done.status(), done.body());
    } else if (result instanceof CallResult.Failure not) {
      problem(ctx, not.problem());
    }
  }

  public static void answer(RoutingContext ctx, Future<SetupRequests.Answer> answer) {
    when(ctx, answer, known -> answer(ctx, known));
  }

  private static void answer(RoutingContext ctx, SetupRequests.Answer answer) {
    if (answer.replayed()) {
      ctx.response().putHeader(REPLAYED, TRUE);
    }
    CharSequence type = answer.status() < 400 ? JSON : PROBLEM;
    send(ctx, answer.status(), type, answer.body());
  }

  public static void memberNotFound(RoutingContext ctx) {
    problem(ctx, RefusalProblem.MEMBER_NOT_FOUND, "The program has no such member.");
  }

  public static void noContent(RoutingContext ctx) {
    if (!ctx.response().ended()) {
      ctx.response().setStatusCode(204).end();
    }
  }

  /** Returns whether the call was answered, or its caller has gone. */
  static boolean isOver(RoutingContext ctx) {
    return ctx.response().ended() || ctx.response().closed();
  }

  private static void send(RoutingContext ctx, int status, CharSequence type, Buffer body) {
    HttpServerResponse response = ctx.response();
    if (!isOver(ctx)) {
      response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }
  }

  /**
   * Refuses a method that the path does not have. A method that the path has belongs to another
   * route.
   */
  static void onlyAllowed(RoutingContext ctx, Set<String> methods) {
    if (methods.contains(ctx.request().method().name())) {
      ctx.next();
      return;
    }
    ctx.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
    problem(ctx, Code.METHOD_NOT_ALLOWED, "The header Allow names the methods it has.");
  }

  public static void problem(RoutingContext ctx, Problem problem) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    RequestLifecycle.note(ctx, problem.code());
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    } else if (problem.extra().getValue("retryAfterSeconds") instanceof Long seconds) {
      response.putHeader(RETRY_AFTER, seconds.toString());
    } else if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader(RETRY_AFTER, ONE_SECOND);
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .end(problem.toJson(RequestLifecycle.requestId(ctx)).toBuffer());
  }

  /** Refuses a call and closes its connection. */
  static void problemAndClose(RoutingContext ctx, Problem problem) {
    ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    HttpConnection connection = ctx.request().connection();
    ctx.addEndHandler(ended -> connection.close());
    problem(ctx, problem);
  }

  /**
   * Answers a request that could not be parsed, and closes the connection.
   *
   * <p>Where the next request on it would begin is not known.
   */
  static void answerUnparsed(HttpServerRequest request, Problem problem, String requestId) {
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(problem.toJson(requestId).toBuffer())
        .onComplete(sent -> request.connection().close());
  }

  /**
   * Refuses a request whose body is still arriving, and closes its connection.
   *
   * <p>The rest of the body is read for a moment and thrown away first; otherwise the answer might
   * be lost.
   */
  public static void problemAndDiscardBody(RoutingContext ctx, Problem problem) {
    HttpServerRequest request = ctx.request();
    if (!request.isEnded()) {
      ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.handler(rest -> {}).endHandler(all -> {}).resume();
      ctx.vertx().setTimer(LINGER_MS, late -> request.connection().close());
    }
    problem(ctx, problem);
  }

  /**
   * Begins an answer of lines. It is not compressed, so that each line arrives when it is written.
   * In HTTP/1.0 it ends with its connection, because there are no chunks.
   */
  public static void beginLines(RoutingContext ctx, String type) {
    HttpServerResponse response = ctx.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    if (ctx.request().version() == HttpVersion.HTTP_1_0) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response.setChunked(true);
  }

  /**
   * Closes the connection of a caller that does not read, and throws away the unread bytes. A usual
   * close would wait until the caller has read them.
   */
  public static void cutOff(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection connection) {
      var unused =
          connection.channelHandlerContext().close(); // past the queue of what is to be written
    }
  }

  /**
   * Ends an answer of lines when they are written.
   *
   * @param last returns the last line when not all records of the request were read, and nothing
   *     when they were. With such a line the connection is closed, because the rest of the request
   *     is still to come.
   */
  public static void endLines(
      RoutingContext ctx, Future<Ended> ended, Function<Ended, Buffer> last) {
    when(
        ctx,
        ended,
        how -> {
          HttpServerRequest request = ctx.request();
          Buffer line = last.apply(how);
          if (how.how() == EndReason.GONE) {
            cutOff(request);
          } else if (line.length() == 0) {
            Future<Void> written = ctx.response().end();
            if (request.version() == HttpVersion.HTTP_1_0) {
              written.onComplete(sent -> request.connection().close());
            }
          } else {
            request.handler(rest -> {}).resume(); // if closed at once, the answer might be lost
            ctx.response().end(line);
            ctx.vertx().setTimer(LINGER_MS, late -> request.connection().close());
          }
        });
  }

  public static void problem(RoutingContext ctx, ProblemCode code, String detail) {
    problem(ctx, Problem.of(code, detail));
  }

  /** Answers a call that failed with an exception. */
  static void fault(RoutingContext ctx, Throwable cause) {
    problem(ctx, FaultMapping.problem(cause, RequestLifecycle.logName(ctx)));
  }
}
