package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.deploy.Haproxy.Node;
import points.gateway.fixture.FreePort;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What HAProxy does with the file of docs/deploy when nodes come, go and die. */
@Tag("system")
@WithGateway
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaproxyIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String SMALL = "x".repeat(300);

  private final LocalGateway gateway;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger cutOff = new AtomicInteger();

  /** Answers whatever it is asked. */
  private int well;

  /** Reads the request and closes the connection, as a node does that is stopped by force. */
  private int closing;

  /** Likewise, by a reset. */
  private int resetting;

  private int ready;
  private int notReady;

  HaproxyIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @BeforeAll
  void startNodes() {
    well = listen(new HttpServerOptions(), request -> end(request, 201));
    closing = listen(new HttpServerOptions(), this::cutOff);
    resetting = listen(new HttpServerOptions().setSoLinger(0), this::cutOff);
    ready = listen(new HttpServerOptions(), request -> end(request, 200));
    notReady =
        listen(
            new HttpServerOptions(),
            request -> end(request, "/health/live".equals(request.path()) ? 200 : 503));
  }

  @AfterAll
  void stopNodes() {
    vertx.close().await();
  }

  private int listen(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
    return server.requestHandler(handler).listen().await().actualPort();
  }

  private static void end(HttpServerRequest request, int status) {
    request.body().onSuccess(body -> request.response().setStatusCode(status).end());
  }

  private void cutOff(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              cutOff.incrementAndGet();
              request.connection().close();
            });
  }

  private static Node dead() {
    return new Node(FreePort.next(), FreePort.next());
  }

  @Test
  void is_valid_as_it_comes() throws Exception {
    assertThat(Haproxy.check(Map.of())).isEqualTo("0: Configuration file is valid");
  }

  @Test
  void is_valid_as_docker_compose_starts_it() throws Exception {
    Compose compose = Compose.read(Docs.read(Docs.DEPLOY.resolve("compose.yaml")));
    var balancer = Objects.requireNonNull(compose.services().get("haproxy"));

    assertThat(Haproxy.check(balancer.environment())).isEqualTo("0: Configuration file is valid");
  }

  @Test
  void takes_more_than_one_word_for_where_it_listens() throws Exception {
    assertThat(Haproxy.check(Map.of("LB_BIND", ":8443 defer-accept name public")))
        .isEqualTo("0: Configuration file is valid");
  }

  @Test
  void serves_the_gateway_that_is_ready_and_lets_its_answers_through() throws Exception {
    var node =
        new Node(
            URI.create(gateway.uri()).getPort(), URI.create(gateway.managementUri()).getPort());
    try (Haproxy haproxy = Haproxy.before("gateway", dead(), node, dead())) {
      haproxy.awaitReady(1);
      String body = new JsonObject().put("storeId", "behind").put("name", "Proxy").encode();

      HttpResponse<String> first = CLIENT.send(store(haproxy, body), BodyHandlers.ofString());
      HttpResponse<String> again = CLIENT.send(store(haproxy, body), BodyHandlers.ofString());

      assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }
  }

  private static HttpRequest store(Haproxy haproxy, String body) {
    return HttpRequest.newBuilder(URI.create(haproxy.uri() + "/v1/stores"))
        .header("Authorization", "Bearer " + LocalGateway.OPERATOR_KEY)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", "behind-a-proxy")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void sends_a_write_with_a_key_to_another_node_when_its_connection_is_lost() throws Exception {
    for (int lost : new int[] {closing, resetting}) {
      try (Haproxy haproxy = Haproxy.before("lost", new Node(lost, ready), alive(), dead())) {
        cutOff.set(0);
        for (int i = 0; i < 8; i++) {
          assertThat(write(haproxy, SMALL, "key-" + i).statusCode()).isEqualTo(201);
        }
        assertThat(cutOff).as("requests that were lost on the way").hasPositiveValue();
      }
    }
  }

  @Test
  void sends_a_write_without_a_key_once() throws Exception {
    var losing = new Node(closing, ready);
    try (Haproxy haproxy = Haproxy.before("keyless", losing, losing, losing)) {
      cutOff.set(0);

      isInDoubt(write(haproxy, SMALL, ""));

      assertThat(cutOff).hasValue(1);
    }
  }

  @Test
  void sends_a_write_once_that_is_larger_than_its_buffer() throws Exception {
    var losing = new Node(closing, ready);
    try (Haproxy haproxy = Haproxy.before("large", losing, losing, losing)) {
      cutOff.set(0);

      isInDoubt(write(haproxy, "x".repeat(200_000), "large"));

      assertThat(cutOff).hasValue(1);
    }
    try (Haproxy haproxy = Haproxy.before("larger", alive(), alive(), alive())) {
      assertThat(write(haproxy, "x".repeat(200_000), "large").statusCode()).isEqualTo(201);
    }
  }

  @Test
  void tries_every_node_and_then_says_that_it_does_not_know() throws Exception {
    var losing = new Node(closing, ready);
    try (Haproxy haproxy = Haproxy.before("all", losing, losing, losing)) {
      cutOff.set(0);

      isInDoubt(write(haproxy, SMALL, "in-doubt"));

      assertThat(cutOff).hasValue(3);
    }
  }

  @Test
  void passes_over_a_node_that_has_just_died() throws Exception {
    // Its checks still succeed: it died a moment ago.
    var died = new Node(FreePort.next(), ready);
    try (Haproxy haproxy = Haproxy.before("died", died, died, alive())) {
      for (int i = 0; i < 5; i++) {
        assertThat(write(haproxy, SMALL, "").statusCode()).isEqualTo(201);
      }
    }
  }

  @Test
  void sends_to_ready_nodes_and_to_live_ones_when_none_is_ready() throws Exception {
    var unready = new Node(well, notReady);
    try (Haproxy haproxy = Haproxy.before("ready", alive(), unready, dead())) {
      haproxy.awaitReady(1);
    }
    try (Haproxy haproxy = Haproxy.before("living", unready, dead(), dead())) {
      haproxy.awaitReady(0);
      assertThat(write(haproxy, SMALL, "alive").statusCode()).isEqualTo(201);
    }
    try (Haproxy haproxy = Haproxy.before("nobody", dead(), dead(), dead())) {
      haproxy.awaitReady(0);
      isInDoubt(write(haproxy, SMALL, "nobody"));
    }
  }

  @Test
  void lets_nobody_change_to_another_protocol() throws Exception {
    String asked =
        """
        POST /v1/accruals HTTP/1.1\r
        Host: gateway\r
        Content-Length: 0\r
        Connection: Upgrade, HTTP2-Settings\r
        Upgrade: h2c\r
        HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r
        \r
        """;
    URI node = URI.create("http://127.0.0.1:" + well);
    assertThat(statusOf(node, asked)).as("a node that would").startsWith("HTTP/1.1 101 ");

    try (Haproxy haproxy = Haproxy.before("upgrade", alive(), alive(), alive())) {
      haproxy.awaitReady(3);
      assertThat(statusOf(URI.create(haproxy.uri()), asked)).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void says_behind_what_a_caller_says_from_which_address_a_call_came() throws Exception {
    var addresses = new LinkedBlockingQueue<String>();
    int node =
        listen(
            new HttpServerOptions(),
            request -> {
              addresses.add(String.join(",", request.headers().getAll("X-Forwarded-For")));
              end(request, 200);
            });
    var one = new Node(node, ready);
    try (Haproxy haproxy = Haproxy.before("forwarded", one, one, one)) {
      URI uri = URI.create(haproxy.uri() + "/v1/program");
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      CLIENT.send(request.build(), BodyHandlers.ofString());
      CLIENT.send(request.header("X-Forwarded-For", "1.2.3.4").build(), BodyHandlers.ofString());
    }
    assertThat(addresses).containsExactly("127.0.0.1", "1.2.3.4,127.0.0.1");
  }

  private static String statusOf(URI server, String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return String.valueOf(new BufferedReader(answer).readLine());
    }
  }

  private Node alive() {
    return new Node(well, ready);
  }

  private static HttpResponse<String> write(Haproxy haproxy, String body, String key)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(haproxy.uri() + "/v1/accruals"))
            .timeout(Duration.ofSeconds(20))
            .header("X-Request-Id", "\"quoted\"")
            .POST(BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static void isInDoubt(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Request-Id")).hasValue("\"quoted\"");
    assertThat(new JsonObject(response.body()).getMap())
        .contains(
            entry("status", 504),
            entry("code", "deadline_exceeded"),
            entry("retryable", true),
            entry("requestId", "\"quoted\""));
  }
}
