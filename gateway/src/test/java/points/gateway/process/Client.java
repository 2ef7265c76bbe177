package points.gateway.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import points.gateway.fixture.Await;

/** A till that does not give up: it sends a request until it has an answer that is final. */
final class Client {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String uri;
  private final String apiKey;

  Client(String uri, String apiKey) {
    this.uri = uri;
    this.apiKey = apiKey;
  }

  /** What was asked under one idempotency key. */
  record Request(String path, String key, String member, String body) {}

  /**
   * A final answer.
   *
   * @param tries how often the request was sent for it
   */
  record Final(int status, String body, boolean replayed, int tries) {}

  Final send(Request request) throws InterruptedException {
    long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    HttpRequest http =
        HttpRequest.newBuilder(URI.create(uri + request.path()))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", request.key())
            .POST(BodyPublishers.ofString(request.body()))
            .build();
    String last = "";
    for (int tries = 1; System.nanoTime() - giveUpAt < 0; tries++) {
      try {
        HttpResponse<String> answer = HTTP.send(http, BodyHandlers.ofString());
        if (answer.statusCode() < 500 && answer.statusCode() != 429) {
          boolean replayed = answer.headers().firstValue("Idempotent-Replayed").isPresent();
          return new Final(answer.statusCode(), answer.body(), replayed, tries);
        }
        last = answer.body();
      } catch (IOException e) {
        last = e.toString(); // killed under the request, or not there yet
      }
      Await.letPass("a till's time before it tries again", BETWEEN_TRIES);
    }
    throw new AssertionError("no final answer to " + request + ", but " + last);
  }
}
