package points.gateway.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;

/** Bodies that never end take a node neither out of its memory nor away from its tills. */
class HalfBodiesIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int SENDERS = 4;

  /** Calls of tills are nearly as large as what counts as small: they fit into no gap. */
  private static final int PADDING = 15_800;

  /** They are not given up while a test lasts. */
  private static final Map<String, String> SETTINGS =
      Map.of("POINTS_BOOTSTRAP_KEY", LocalGateway.OPERATOR_KEY, "POINTS_DEADLINE_MS", "45000");

  private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    threads.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Together they are as large as the heap. */
  @Test
  void half_bodies_are_refused_while_tills_are_served_and_leave_nothing_in_the_log()
      throws Exception {
    try (GatewayProcess gateway = start("half-bodies")) {
      int orders = sellsDuring(gateway, LocalGateway.OPERATOR_KEY, new Half(500, 262_144, 250_000));

      assertThat(turnedAway(sockets)).isGreaterThan(SENDERS * 500 / 2);
      for (Socket socket : sockets) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      isDone(gateway.uri(), LocalGateway.OPERATOR_KEY, "/v1/accruals", order(orders));
      assertThat(gateway.isAlive()).isTrue();
      assertThat(gateway.output()).doesNotContain("OutOfMemory").doesNotContain(" ERROR ");
    }
  }

  /** Together they are more than the node holds of all keys. */
  @Test
  void half_bodies_of_one_key_use_its_share_only() throws Exception {
    try (GatewayProcess gateway = start("half-bodies-of-one-key")) {
      var wanted = new JsonObject().put("name", "till").put("role", "store").put("storeId", "S1");
      String till =
          isDone(gateway.uri(), LocalGateway.OPERATOR_KEY, "/v1/api-keys", wanted).getString("key");

      int orders = sellsDuring(gateway, till, new Half(550, 16_384, 16_000));

      isDone(gateway.uri(), till, "/v1/accruals", order(orders));
      assertThat(turnedAway(sockets)).isGreaterThan(SENDERS * 550 / 2);
    }
  }

  /**
   * Bodies that never end.
   *
   * @param each how many of them each sender sends
   * @param length that they say they have
   * @param sent bytes of each that are sent
   */
  private record Half(int each, int length, int sent) {}

  private static GatewayProcess start(String name) throws Exception {
    Path directory = Path.of("target", "it", name).toAbsolutePath();
    LocalGateway.deleteTree(directory);
    GatewayProcess gateway = GatewayProcess.on(directory, SETTINGS);
    gateway.awaitReady();
    var store = new JsonObject().put("storeId", "S1").put("name", "First");
    isDone(gateway.uri(), LocalGateway.OPERATOR_KEY, "/v1/stores", store);
    return gateway;
  }

  /** Books orders while the halves come in; gives their number. */
  private int sellsDuring(GatewayProcess gateway, String till, Half half) throws Exception {
    var sending = new ArrayList<Future<List<Socket>>>();
    for (int i = 0; i < SENDERS; i++) {
      sending.add(threads.submit(() -> halfBodies(gateway.port(), half)));
    }
    int orders = 0;
    while (!sending.stream().allMatch(Future::isDone) || orders < 50) {
      isDone(gateway.uri(), till, "/v1/accruals", order(orders++));
    }
    for (Future<List<Socket>> sent : sending) {
      sockets.addAll(sent.get(60, TimeUnit.SECONDS));
    }
    return orders;
  }

  /** Never turned away for others' bodies, though a slow machine may need a second try. */
  private static JsonObject isDone(String uri, String key, String path, JsonObject body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + path))
            .timeout(Duration.ofSeconds(40))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", path + body.getString("orderId", ""))
            .POST(BodyPublishers.ofString(body.encode() + " ".repeat(PADDING)))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    for (int tries = 1; answer.statusCode() == 503 && tries < 10; tries++) {
      answer = CLIENT.send(request, BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body());
  }

  private static JsonObject order(int number) {
    return new JsonObject()
        .put("memberId", "m")
        .put("storeId", "S1")
        .put("orderId", "o" + number)
        .put("occurredAt", Instant.now().toString())
        .put("amount", 100);
  }

  private static List<Socket> halfBodies(int port, Half half) throws IOException {
    String head =
        """
        POST /v1/accruals HTTP/1.1\r
        Host: x\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(LocalGateway.OPERATOR_KEY, half.length());
    var bytes = new byte[half.sent()];
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < half.each(); i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      try {
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        // turned away before all was sent
      }
    }
    return sockets;
  }

  /** How many were told to come again later. */
  private static int turnedAway(List<Socket> sockets) {
    int count = 0;
    for (Socket socket : sockets) {
      try {
        socket.setSoTimeout(20);
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String status = in.readLine();
        if (status != null && status.contains(" 429 ")) {
          assertThat(in.lines().takeWhile(line -> !line.isEmpty()))
              .anyMatch(line -> line.equalsIgnoreCase("Retry-After: 1"));
          count++;
        }
      } catch (IOException e) {
        // not answered, or closed
      }
    }
    return count;
  }
}
