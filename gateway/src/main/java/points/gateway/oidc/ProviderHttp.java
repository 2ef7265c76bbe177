package points.gateway.oidc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls to the identity provider, with limits for the time and the size of its answers. */
final class ProviderHttp {

  /** Size of an answer at most: an id token with thousands of groups is below it. */
  static final int ANSWER_BYTES_MAX = 1 << 20;

  /**
   * An answer of the provider that has arrived as a whole.
   *
   * @param path of the call, for people
   */
  record Reply(String path, int status, Buffer body) {

    boolean isOk() {
      return status == 200;
    }

    /** Returns the body as JSON. Throws when it is something else. */
    JsonObject json() throws DecodeException {
      return new JsonObject(body);
    }
  }

  private final HttpClient client;
  private final Duration patience;

  /**
   * @param patience time for a call, its answer included
   */
  ProviderHttp(Vertx vertx, Duration patience) {
    this.patience = patience;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) patience.toMillis())
                .setIdleTimeout((int) patience.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
  }

  Future<Reply> get(String address) {
    return send(options(HttpMethod.GET, address), Buffer.buffer());
  }

  /** Sends a form, with the name and the secret of the client. */
  Future<Reply> post(String address, Map<String, String> headers, Buffer form) {
    RequestOptions options = options(HttpMethod.POST, address);
    headers.forEach(options::addHeader);
    return send(options.addHeader("Content-Type", "application/x-www-form-urlencoded"), form);
  }

  /** Follows no redirect: an answer counts at the address that the provider named. */
  private static RequestOptions options(HttpMethod method, String address) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(address)
        .addHeader("Accept", "application/json, application/jwk-set+json");
  }

  private Future<Reply> send(RequestOptions options, Buffer body) {
    Future<HttpClientRequest> connected = client.request(options);
    Future<Reply> reply =
        connected
            .compose(request -> request.send(body).compose(ProviderHttp::read))
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    // Nothing of an answer that is late or too long is read any further.
    reply.onFailure(cause -> connected.onSuccess(HttpClientRequest::reset));
    return reply;
  }

  private static Future<Reply> read(HttpClientResponse response) {
    Promise<Reply> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    String path = response.request().path();
    response
        .handler(
            part -> {
              if (body.length() + part.length() <= ANSWER_BYTES_MAX) {
                body.appendBuffer(part);
              } else {
                whole.tryFail(
                    new IOException(
                        "its answer at %s is longer than %d bytes"
                            .formatted(path, ANSWER_BYTES_MAX)));
              }
            })
        .exceptionHandler(whole::tryFail)
        .endHandler(end -> whole.tryComplete(new Reply(path, response.statusCode(), body)));
    return whole.future();
  }
}
