package points.gateway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.BatchConnection;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** A batch is over when its key is. */
@WithGateway
class RevokedBatchIT {

  /** The other nodes learn of it within a second; the rest is for a machine that is busy. */
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private final LocalGateway gateway;
  private final Chain chain;

  RevokedBatchIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  private JsonObject line(String member) {
    return BatchCaller.line("accrual", Caller.newKey(), chain.order(member, 100));
  }

  @Test
  @Timeout(60)
  void ends_when_its_key_is_revoked_on_this_node() throws Exception {
    JsonObject made = newKey();
    try (BatchConnection batch = BatchConnection.open(gateway.uri(), made.getString("key"))) {
      batch.send(line("here"));
      assertThat(Objects.requireNonNull(batch.read()).getInteger("status")).isEqualTo(201);

      chain.admin().delete("/v1/api-keys/" + made.getString("keyId"));

      endsInTime(batch, "here", 1);
    }
  }

  /** As it is for all other nodes: the database is all that says so. */
  @Test
  @Timeout(60)
  void ends_when_its_key_is_revoked_on_another_node() throws Exception {
    JsonObject made = newKey();
    Caller caller = gateway.caller(made.getString("key"));
    caller.get("/v1/members/elsewhere").isProblem(404, "member_not_found");
    try (BatchConnection batch = BatchConnection.open(gateway.uri(), made.getString("key"))) {
      batch.send(line("elsewhere"));
      assertThat(Objects.requireNonNull(batch.read()).getInteger("status")).isEqualTo(201);

      try (Connection database = gateway.database().connect();
          Statement statement = database.createStatement()) {
        statement.execute(
            "UPDATE api_key SET revoked_at = now() WHERE key_id = '%s'"
                .formatted(made.getString("keyId")));
      }

      endsInTime(batch, "elsewhere", 1);
    }
    caller.get("/v1/members/elsewhere").isProblem(401, "unauthorized");
  }

  private JsonObject newKey() {
    return chain
        .admin()
        .post(
            "/v1/api-keys",
            new JsonObject().put("name", "till").put("role", "store").put("storeId", Chain.STORE))
        .json(201);
  }

  /** Sends a line every few milliseconds until the batch is over; nothing is booked after that. */
  private void endsInTime(BatchConnection batch, String member, int booked) throws Exception {
    long since = System.nanoTime();
    List<JsonObject> answers = new ArrayList<>();
    JsonObject answer;
    do {
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(WITHIN);
      batch.send(line(member));
      answer = Objects.requireNonNull(batch.read());
      answers.add(answer);
    } while (!answer.containsKey("last"));

    assertThat(answer.getBoolean("last")).isTrue();
    assertThat(BatchCaller.code(answer)).isEqualTo("401 unauthorized");
    long accepted = answers.stream().filter(it -> it.getInteger("status") == 201).count();
    assertThat(chain.entries(member)).isEqualTo(booked + accepted);
  }
}
