package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;

/**
 * A request whose time is up before its key was found is over, whoever's key it turns out to be.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateLookupIT {

  /** It answers after a second, when a look-up may still go on, and has one place for batches. */
  private final LocalGateway gateway =
      LocalGateway.start(
          "late-lookup",
          Map.of(
              "POINTS_DEADLINE_MS", "500",
              "POINTS_LANE_AGE_MS", "100",
              "POINTS_BATCHES_MAX", "1"));

  private final Chain chain = Chain.open(gateway, "late");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  @Timeout(60)
  void a_batch_that_ended_during_its_key_lookup_holds_no_place() throws Exception {
    var till =
        new JsonObject().put("name", "till").put("role", "store").put("storeId", Chain.STORE);
    String key = chain.admin().post("/v1/api-keys", till).json(201).getString("key");
    try (Connection database = gateway.database().connect();
        Statement statement = database.createStatement();
        BatchConnection late = batchWhile(statement, key)) {
      assertThat(late.status()).isIn(504, 503); // or the look-up was given up, on a busy machine
      database.rollback();
    }
    gateway.caller(key).get("/v1/members/none").isProblem(404, "member_not_found");

    try (BatchConnection next = BatchConnection.open(gateway.uri(), key)) {
      next.send(BatchCaller.line("accrual", Caller.newKey(), chain.order("m", 100)));
      assertThat(next.status()).isEqualTo(200);
      assertThat(Objects.requireNonNull(next.read()).getInteger("status")).isEqualTo(201);
    }
  }

  /** Begins a batch when no key can be looked up. */
  private BatchConnection batchWhile(Statement locking, String key) throws Exception {
    locking.getConnection().setAutoCommit(false);
    locking.execute("LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE");
    return BatchConnection.open(gateway.uri(), key);
  }
}
