package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.fixture.Await;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** A gateway that takes on one batch at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchLimitsIT {

  private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

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
    var letIn = new AtomicReference<BatchConnection>();
    Await.until(
        "a batch to be let in",
        () -> {
          BatchConnection connection = batch();
          connection.send(accrual("free", 0));
          if (connection.status() == 200) {
            letIn.set(connection);
          } else {
            connection.close();
          }
          return letIn.get() != null;
        });
    BatchConnection connection = Objects.requireNonNull(letIn.get());
    assertThat(connection.read()).isNotNull();
    return connection;
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
      long done = entriesAtRest("slow");
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

  /**
   * How many entries there are when no more come. Nothing announces that the gateway has stopped
   * reading: that no entry has come for a second has to do.
   */
  private long entriesAtRest(String member) throws Exception {
    var last = new AtomicLong();
    var since = new AtomicLong(System.nanoTime());
    Await.until(
        "entries to stop coming",
        () -> {
          long now = entries(member);
          if (now == 0 || last.getAndSet(now) != now) {
            since.set(System.nanoTime());
          }
          return System.nanoTime() - since.get() > QUIET_NS;
        });
    return last.get();
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
