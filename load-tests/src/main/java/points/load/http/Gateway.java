package points.load.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The gateway as its callers see it, over connections that are kept and shared.
 *
 * <p>A call that was refused for now (429, 503), is in doubt (504) or lost its connection is sent
 * again with the same idempotency key, with pauses, until it is answered or {@link RetryPolicy}
 * ends. Every call but one with a key is safe to repeat by itself; a call with a key is safe
 * because of it.
 */
public final class Gateway implements AutoCloseable {
  /** Twice the gateway's own deadline: it always gets the chance to answer first. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final Target target;
  private final RetryPolicy retryPolicy;
  private final LongAdder retries = new LongAdder();

  /**
   * @param connections the most connections kept open; further calls wait for one of them
   */
  public Gateway(Vertx vertx, Target target, int connections, RetryPolicy retryPolicy) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.target = target;
    this.retryPolicy = retryPolicy;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setDefaultHost(target.url().getHost())
                    .setDefaultPort(target.port())
                    .setSsl(target.tls())
                    .setTcpNoDelay(true)
                    .setKeepAlive(true)
                    .setConnectTimeout(5_000))
            .with(new PoolOptions().setHttp1MaxSize(connections))
            .build();
  }

  /** Reads, repeating by this gateway's retry policy. */
  public Future<Answer> get(String path) {
    return send(new Call(HttpMethod.GET, path, Optional.empty(), Optional.empty()), retryPolicy, 1);
  }

  /** Reads, giving up soon: whether anything answers at all. */
  public Future<Answer> probe(String path) {
    return send(
        new Call(HttpMethod.GET, path, Optional.empty(), Optional.empty()), RetryPolicy.SHORT, 1);
  }

  /**
   * Changes something once.
   *
   * @param idempotencyKey 1 to 255 visible ASCII characters
   */
  public Future<Answer> post(String path, String idempotencyKey, JsonObject body) {
    Call call =
        new Call(HttpMethod.POST, path, Optional.of(idempotencyKey), Optional.of(body.toBuffer()));
    return send(call, retryPolicy, 1);
  }

  /** Asks by a body, which changes nothing. */
  public Future<Answer> ask(String path, JsonObject body) {
    Call call = new Call(HttpMethod.POST, path, Optional.empty(), Optional.of(body.toBuffer()));
    return send(call, retryPolicy, 1);
  }

  /** Replaces something. */
  public Future<Answer> put(String path, JsonObject body) {
    Call call = new Call(HttpMethod.PUT, path, Optional.empty(), Optional.of(body.toBuffer()));
    return send(call, retryPolicy, 1);
  }

  /** Completes after a while. */
  public Future<Void> pause(Duration time) {
    return vertx.timer(time.toMillis()).mapEmpty();
  }

  /** Returns how many times calls were sent again so far. */
  public long retries() {
    return retries.sum();
  }

  @Override
  public void close() {
    client.close();
  }

  private Future<Answer> send(Call call, RetryPolicy retryPolicy, int sent) {
    return once(call)
        .compose(
            answer -> {
              if (!answer.worthRepeating()) {
                return Future.succeededFuture(answer);
              }
              if (sent >= retryPolicy.attempts()) {
                return Future.failedFuture(
                    new UnansweredException(answer + ", " + sent + " times"));
              }
              return resend(call, retryPolicy, sent, answer.retryAfter());
            },
            failure -> {
              if (sent >= retryPolicy.attempts()) {
                return Future.failedFuture(
                    new UnansweredException(
                        call + " at " + target + ": " + reason(failure), failure));
              }
              return resend(call, retryPolicy, sent, Duration.ZERO);
            });
  }

  private Future<Answer> resend(Call call, RetryPolicy retryPolicy, int sent, Duration retryAfter) {
    retries.increment();
    Duration pause = retryPolicy.pause(sent, retryAfter, ThreadLocalRandom.current());
    return vertx.timer(pause.toMillis()).compose(tick -> send(call, retryPolicy, sent + 1));
  }

  /** All on one context: a body that comes before somebody asks for it is lost. */
  private Future<Answer> once(Call call) {
    Promise<Answer> answer = Promise.promise();
    context.runOnContext(
        turn ->
            client
                .request(options(call))
                .compose(request -> call.body().map(request::send).orElseGet(request::send))
                .compose(response -> response.body().map(body -> answer(call, response, body)))
                .onComplete(answer));
    return answer.future();
  }

  private RequestOptions options(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setURI(call.path())
            .setTimeout(REQUEST_TIMEOUT.toMillis())
            .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + target.key());
    call.idempotencyKey().ifPresent(key -> options.putHeader("Idempotency-Key", key));
    if (call.body().isPresent()) {
      options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    }
    return options;
  }

  private static Answer answer(Call call, HttpClientResponse response, Buffer body) {
    boolean replayed = "true".equals(response.getHeader("Idempotent-Replayed"));
    return new Answer(
        call.toString(), response.statusCode(), json(body), replayed, retryAfter(response));
  }

  private static JsonObject json(Buffer body) {
    try {
      return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      // A proxy's page or a list: reading any field of it fails as missing.
      return new JsonObject();
    }
  }

  private static Duration retryAfter(HttpClientResponse response) {
    String seconds = response.getHeader(HttpHeaders.RETRY_AFTER);
    boolean number = seconds != null && seconds.matches("[0-9]{1,6}");
    return number ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private record Call(
      HttpMethod method, String path, Optional<String> idempotencyKey, Optional<Buffer> body) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
