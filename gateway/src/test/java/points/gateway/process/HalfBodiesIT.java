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
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;

/** Bodies that never end take a node neither out of its memory nor away from its tills. */
class HalfBodiesIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int SENDERS = 4;
  private static final int BODIES_EACH = 500;
  private static final int HALF_BYTES = 250_000;

  /** Together they are as large as the heap; they are not given up while the test lasts. */
  private static final Map<String, String> SETTINGS =
      Map.of("POINTS_BOOTSTRAP_KEY", LocalGateway.OPERATOR_KEY, "POINTS_DEADLINE_MS", "45000");

  @Test
  void are_turned_away_while_tills_are_served_and_leave_nothing_in_the_log() throws Exception {
    Path directory = Path.of("target", "it", "half-bodies").toAbsolutePath();
    LocalGateway.deleteTree(directory);
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    var sockets = new ArrayList<Socket>();
    try (GatewayProcess gateway = GatewayProcess.on(directory, SETTINGS)) {
      gateway.awaitReady();
      String uri = gateway.uri();
      var store = new JsonObject().put("storeId", "S1").put("name", "First");
      isDone(uri, "/v1/stores", store);

      var sending = new ArrayList<Future<List<Socket>>>();
      for (int i = 0; i < SENDERS; i++) {
        sending.add(threads.submit(() -> halfBodies(gateway.port())));
      }
      int orders = 0;
      while (!sending.stream().allMatch(Future::isDone) || orders < 50) {
        isDone(uri, "/v1/accruals", order(orders++));
      }
      for (Future<List<Socket>> sent : sending) {
        sockets.addAll(sent.get(60, TimeUnit.SECONDS));
      }

      assertThat(turnedAway(sockets)).isGreaterThan(SENDERS * BODIES_EACH / 2);
      for (Socket socket : sockets) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      isDone(uri, "/v1/accruals", order(orders));
      assertThat(gateway.isAlive()).isTrue();
      assertThat(gateway.output()).doesNotContain("OutOfMemory").doesNotContain(" ERROR ");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Never turned away for others' bodies, though a slow machine may need a second try. */
  private static void isDone(String uri, String path, JsonObject body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + path))
            .timeout(Duration.ofSeconds(40))
            .header("Authorization", "Bearer " + LocalGateway.OPERATOR_KEY)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", path + body.getString("orderId", ""))
            .POST(BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    for (int tries = 1; answer.statusCode() == 503 && tries < 10; tries++) {
      answer = CLIENT.send(request, BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static JsonObject order(int number) {
    return new JsonObject()
        .put("memberId", "m")
        .put("storeId", "S1")
        .put("orderId", "o" + number)
        .put("occurredAt", Instant.now().toString())
        .put("amount", 100);
  }

  private static List<Socket> halfBodies(int port) throws IOException {
    String head =
        """
        POST /v1/accruals HTTP/1.1\r
        Host: x\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: 262144\r
        \r
        """
            .formatted(LocalGateway.OPERATOR_KEY);
    var half = new byte[HALF_BYTES];
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < BODIES_EACH; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      try {
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(half);
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
