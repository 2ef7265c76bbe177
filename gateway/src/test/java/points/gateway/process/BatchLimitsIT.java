package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** A gateway that takes on one batch at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchLimitsIT {

  private LocalGateway gateway;

  @BeforeAll
  void open() {
    gateway = LocalGateway.start("batch-limits", Map.of("POINTS_BATCHES_MAX", "1"));
    gateway
        .operator()
        .post("/v1/stores", new JsonObject().put("storeId", Chain.STORE).put("name", "First"))
        .json(201);
  }

  @AfterAll
  void close() throws Exception {
    Invariants.hold(gateway.database());
    gateway.close();
  }

  private BatchConnection batch() throws Exception {
    return BatchConnection.open(gateway.uri(), LocalGateway.OPERATOR_KEY);
  }

  @Test
  void answers_while_lines_still_come_and_turns_the_next_batch_away() throws Exception {
    try (BatchConnection first = batch()) {
      first.send(accrual("duplex", 0));
      JsonObject answer = first.read();
      assertThat(answer).isNotNull();
      assertThat(answer.getInteger("status")).isEqualTo(201);

      try (BatchConnection second = batch()) {
        assertThat(second.status()).isEqualTo(429);
      }
      first.send("\n  \n");
      first.send(accrual("duplex", 1));
      assertThat(String.valueOf(first.read())).contains("\"line\":4");
      first.end();
      assertThat(first.read()).isNull();
    }
    try (BatchConnection third = awaitFree()) {
      third.send("\n\n");
      third.end();
      assertThat(third.read()).isNull();
    }
  }

  /** Who was let in: the place of one that ended is free a moment later. */
  private BatchConnection awaitFree() throws Exception {
    for (int i = 0; i < 100; i++) {
      BatchConnection connection = batch();
      connection.send(accrual("free", i));
      if (connection.status() == 200) {
        assertThat(connection.read()).isNotNull();
        return connection;
      }
      connection.close();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no batch is let in");
  }

  /**
   * Nothing is read of it: the gateway stops reading too, and goes on when answers are taken. What
   * it did meanwhile is bounded by the buffers of the network, not by what was sent.
   */
  @Test
  void waits_for_a_slow_reader_and_goes_on_when_it_reads() throws Exception {
    int lines = 60_000;
    try (BatchConnection connection = awaitFree()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < lines; i++) {
                    connection.send(accrual("slow", i));
                  }
                  connection.end();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      long done = settled("slow");
      assertThat(sending).isNotDone();
      assertThat(done).isLessThan(lines / 2);

      for (int i = 0; i < lines; i++) {
        JsonObject answer = connection.read();
        assertThat(answer).isNotNull();
        assertThat(answer.getInteger("status")).isEqualTo(201);
      }
      sending.get(10, TimeUnit.SECONDS);
      assertThat(connection.read()).isNull();
      assertThat(entries("slow")).isEqualTo(lines);
    }
  }

  /** How many entries there are when no more come. */
  private long settled(String member) throws Exception {
    long before = -1;
    long now = entries(member);
    while (now == 0 || now != before) {
      TimeUnit.MILLISECONDS.sleep(1_500);
      before = now;
      now = entries(member);
    }
    return now;
  }

  private long entries(String prefix) throws Exception {
    return gateway
        .database()
        .number("SELECT count(*) FROM entry WHERE member_id LIKE '" + prefix + "-%'");
  }

  @Test
  void ends_when_its_caller_goes_away() throws Exception {
    BatchConnection connection = awaitFree();
    connection.send(accrual("gone", 0));
    connection.close();

    try (BatchConnection next = awaitFree()) {
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @Test
  void a_batch_on_a_stopping_node_learns_where_it_stopped() throws Exception {
    try (LocalGateway stopping = LocalGateway.start("batch-stop", Map.of());
        BatchConnection connection =
            BatchConnection.open(stopping.uri(), LocalGateway.OPERATOR_KEY)) {
      stopping
          .operator()
          .post("/v1/stores", new JsonObject().put("storeId", Chain.STORE).put("name", "First"))
          .json(201);
      connection.send(accrual("stop", 0));
      assertThat(String.valueOf(connection.read())).contains("\"status\":201");
      CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::restart);

      JsonObject last = connection.read();

      assertThat(last).isNotNull();
      assertThat(last.getBoolean("last")).isTrue();
      assertThat(last.getLong("line")).isEqualTo(2);
      assertThat(BatchCaller.code(last)).isEqualTo("503 overloaded");
      assertThat(connection.read()).isNull();
      stop.get(60, TimeUnit.SECONDS);
    } catch (SocketException | SocketTimeoutException e) {
      throw new AssertionError("the answer was cut off", e);
    }
  }

  private static JsonObject accrual(String prefix, int number) {
    return new JsonObject()
        .put("type", "accrual")
        .put("key", prefix + "/" + number)
        .put("memberId", prefix + "-" + number % 500)
        .put("storeId", Chain.STORE)
        .put("orderId", prefix + "-" + number)
        .put("occurredAt", Instant.now().toString())
        .put("amount", 100);
  }
}
