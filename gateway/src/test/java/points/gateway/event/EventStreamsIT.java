package points.gateway.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import points.gateway.fixture.Await;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;

/**
 * How calls that wait for events end: by a caller that does not read, or by the end of the node.
 */
class EventStreamsIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private LocalGateway gateway;
  private Chain chain;
  private String key;

  @BeforeEach
  void start(TestInfo test) {
    gateway = LocalGateway.start(test.getTestMethod().orElseThrow().getName(), Map.of());
    chain = Chain.open(gateway, "streams");
    JsonObject reader = new JsonObject().put("name", "follower").put("role", "reader");
    key = chain.admin().post("/v1/api-keys", reader).json(201).getString("key");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_caller_that_reads_nothing_is_cut_off_after_half_a_minute() throws Exception {
    String member = chain.memberWith(5);
    for (int i = 0; i < 300; i++) {
      chain.admin().post("/v1/accruals", largeOrder(member)).json(201);
    }
    try (Socket caller = new Socket()) {
      caller.setReceiveBufferSize(4_096);
      caller.connect(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), URI.create(gateway.uri()).getPort()));
      String request =
          "GET /v1/events?limit=200 HTTP/1.1\r\nHost: gateway\r\nAccept: text/event-stream\r\n"
              + "Authorization: Bearer %s\r\n\r\n".formatted(key);
      caller.getOutputStream().write(request.getBytes(US_ASCII));
      awaitListeners(1);
      long began = System.nanoTime();

      awaitListeners(0);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(20));
    }
  }

  /** One of 200 lines, so that 300 of them are more than any buffer takes. */
  private JsonObject largeOrder(String member) {
    List<JsonObject> lines =
        IntStream.range(0, 200)
            .mapToObj(i -> Chain.line("line-" + "x".repeat(50) + i, 100))
            .toList();
    return chain.order(member, 200 * 100).put("lines", new JsonArray(lines));
  }

  @Test
  void a_node_that_stops_ends_streams_in_order_and_answers_polls() throws Exception {
    String none = "types=member.enrolled"; // there is no member yet
    CompletableFuture<HttpResponse<String>> poll =
        CLIENT.sendAsync(request("wait=PT60S&" + none).build(), BodyHandlers.ofString());
    HttpResponse<Stream<String>> stream =
        CLIENT.send(
            request(none).header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
    CompletableFuture<List<String>> lines =
        CompletableFuture.supplyAsync(() -> stream.body().toList());
    awaitListeners(2);

    CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway::restart);

    HttpResponse<String> answer = poll.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("nextCursor")).isNotEmpty();
    assertThat(lines.get(20, TimeUnit.SECONDS))
        .as("with its place")
        .anyMatch(line -> line.startsWith("id: "));
    stopping.join();
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create(gateway.uri() + "/v1/events?" + query))
        .header("Authorization", "Bearer " + key);
  }

  private void awaitListeners(int count) {
    Await.until(
        count + " listeners",
        Duration.ofSeconds(60),
        () -> metrics().contains("points_feed_listeners " + count + ".0"));
  }

  private String metrics() throws IOException, InterruptedException {
    URI metrics = URI.create(gateway.managementUri() + "/metrics");
    return CLIENT.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
  }
}
