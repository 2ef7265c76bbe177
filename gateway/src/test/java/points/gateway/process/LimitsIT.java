package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** A gateway that takes on no more than it was told to. */
class LimitsIT {

  private static final int CALLERS = 12;
  private static final int IN_FLIGHT_MAX = 4;

  /** Those who are let in wait behind a lock for as long as the others need to be turned away. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "POINTS_IN_FLIGHT_MAX", Integer.toString(IN_FLIGHT_MAX),
          "POINTS_LANE_AGE_MS", "18000",
          "POINTS_DEADLINE_MS", "19000");

  @Test
  void refuses_excess_load_and_applies_nothing_of_it() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try (LocalGateway gateway = LocalGateway.start("limits", SETTINGS)) {
      Chain chain = Chain.open(gateway, "limits");
      chain.earn("m", 100);
      List<JsonObject> orders =
          IntStream.range(0, CALLERS).mapToObj(i -> chain.order("m", 100)).toList();
      var turnedAway = new CountDownLatch(CALLERS - IN_FLIGHT_MAX);
      List<CompletableFuture<Answer>> calls;
      try (Connection connection = gateway.database().connect();
          Statement lock = connection.createStatement()) {
        connection.setAutoCommit(false);
        lock.execute("SELECT FROM member WHERE member_id = 'm' FOR UPDATE");
        calls =
            orders.stream()
                .map(
                    order ->
                        CompletableFuture.supplyAsync(
                                () -> chain.admin().post("/v1/accruals", order), threads)
                            .whenComplete((answer, failure) -> turnedAway.countDown()))
                .toList();
        assertThat(turnedAway.await(15, TimeUnit.SECONDS)).isTrue();
        connection.rollback();
      }

      long accepted = 1;
      for (CompletableFuture<Answer> call : calls) {
        Answer answer = call.join();
        if (answer.status() == 201) {
          accepted++;
        } else {
          assertThat(answer.isProblem(429, "too_many_requests").getBoolean("retryable")).isTrue();
          assertThat(Integer.parseInt(Objects.requireNonNull(answer.header("Retry-After"))))
              .isPositive();
        }
      }
      assertThat(accepted).isEqualTo(1 + IN_FLIGHT_MAX);
      assertThat(chain.entries("m")).isEqualTo(accepted);
      for (JsonObject order : orders) {
        chain.admin().post("/v1/accruals", order).json(201);
      }
      assertThat(chain.entries("m")).isEqualTo(CALLERS + 1);
      Invariants.hold(gateway.database());
    } finally {
      threads.shutdown();
    }
  }
}
