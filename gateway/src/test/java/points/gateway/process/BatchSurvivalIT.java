package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** A batch whose gateway is killed in the middle is sent again, and all of it is there once. */
class BatchSurvivalIT {

  private static final int LINES = 20_000;

  @Test
  void a_record_answered_before_a_kill_gets_the_same_answer_after_it() throws Exception {
    Path directory = Path.of("target", "it", "batch-survival").toAbsolutePath();
    LocalGateway.deleteTree(directory);
    String key = LocalGateway.OPERATOR_KEY;
    try (GatewayProcess gateway =
        GatewayProcess.on(directory, Map.of("POINTS_BOOTSTRAP_KEY", key))) {
      gateway.awaitReady();
      var store = new JsonObject().put("storeId", Chain.STORE).put("name", "First");
      var client = new Client(gateway.uri(), key);
      client.send(new Client.Request("/v1/stores", "store", "", store.encode()));
      List<JsonObject> lines = IntStream.range(0, LINES).mapToObj(BatchSurvivalIT::line).toList();

      List<JsonObject> before = send(gateway, lines, LINES / 3);
      gateway.restart();
      gateway.awaitReady();
      List<JsonObject> after = send(gateway, lines, LINES);

      assertThat(after).hasSize(LINES).allMatch(it -> it.getInteger("status") == 201);
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isEqualTo(before.get(i).copy().put("replayed", true));
      }
      assertThat(gateway.database().number("SELECT count(*) FROM entry")).isEqualTo(LINES);
      assertThat(gateway.database().number("SELECT sum(available) FROM member"))
          .isEqualTo(IntStream.range(0, LINES).map(i -> i % 7).sum());
      Invariants.hold(gateway.database());
    }
  }

  /** Sends all lines, and returns after so many answers, with the connection closed. */
  private static List<JsonObject> send(GatewayProcess gateway, List<JsonObject> lines, int answers)
      throws Exception {
    try (BatchConnection connection =
        BatchConnection.open(gateway.uri(), LocalGateway.OPERATOR_KEY)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (JsonObject line : lines) {
                    connection.send(line);
                  }
                  connection.end();
                } catch (IOException e) {
                  // the connection was closed under it
                }
              });
      var read = new ArrayList<JsonObject>();
      while (read.size() < answers) {
        JsonObject answer = connection.read();
        assertThat(answer).isNotNull();
        read.add(answer);
      }
      if (answers == lines.size()) {
        sending.join();
        assertThat(connection.read()).isNull();
      } else {
        gateway.kill();
      }
      return read;
    }
  }

  private static JsonObject line(int number) {
    return new JsonObject()
        .put("type", "accrual")
        .put("key", "survival/" + number)
        .put("memberId", "m" + number % 999)
        .put("storeId", Chain.STORE)
        .put("orderId", "survival-" + number)
        .put("occurredAt", Instant.ofEpochSecond(Instant.now().getEpochSecond()).toString())
        .put("amount", 100 * (number % 7));
  }
}
