package points.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.Await;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/**
 * A batch whose chunks turn out not to be HTTP says so in its last line, and its connection ends.
 */
@WithGateway
@Timeout(60)
class BrokenBatchIT {

  private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE NOT granted";

  private final LocalGateway gateway;
  private final Chain chain;

  BrokenBatchIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  /** Of a key that the gateway knows: before it is looked up there is no batch. */
  private BatchConnection batch() throws Exception {
    var till =
        new JsonObject().put("name", "till").put("role", "store").put("storeId", Chain.STORE);
    String key = chain.admin().post("/v1/api-keys", till).json(201).getString("key");
    gateway.caller(key).get("/v1/members/none").isProblem(404, "member_not_found");
    return BatchConnection.open(gateway.uri(), key);
  }

  private JsonObject line(String member) {
    return BatchCaller.line("accrual", Caller.newKey(), chain.order(member, 100));
  }

  @Test
  void a_batch_with_malformed_chunks_before_its_first_record_ends() throws Exception {
    try (BatchConnection batch = batch()) {
      batch.sendNoChunk();

      isOver(batch, 1);
    }
  }

  @Test
  void a_batch_with_malformed_chunks_after_an_answered_record_ends() throws Exception {
    try (BatchConnection batch = batch()) {
      batch.send(line("answered"));
      assertThat(Objects.requireNonNull(batch.read()).getInteger("status")).isEqualTo(201);

      batch.sendNoChunk();

      isOver(batch, 2);
      assertThat(chain.entries("answered")).isEqualTo(1);
    }
  }

  @Test
  void a_batch_with_malformed_chunks_answers_records_under_way_first() throws Exception {
    try (BatchConnection batch = batch();
        Connection database = gateway.database().connect();
        Statement statement = database.createStatement()) {
      database.setAutoCommit(false);
      statement.execute("LOCK TABLE entry IN EXCLUSIVE MODE");
      batch.send(line("underway"));
      Await.until("the record to wait for the lock", () -> gateway.database().number(LOCKS) > 0);

      batch.sendNoChunk();
      Await.throughout("the batch is open", Duration.ofMillis(300), () -> !batch.hasAnswer());
      database.rollback();

      assertThat(Objects.requireNonNull(batch.read()).getInteger("status")).isEqualTo(201);
      isOver(batch, 2);
    }
  }

  private static void isOver(BatchConnection batch, int line) throws Exception {
    JsonObject last = Objects.requireNonNull(batch.read());
    assertThat(last.getBoolean("last")).isTrue();
    assertThat(last.getInteger("line")).isEqualTo(line);
    assertThat(BatchCaller.code(last)).isEqualTo("400 malformed_request");
    assertThat(batch.read()).isNull();
    assertThat(batch.isClosed()).isTrue();
  }
}
