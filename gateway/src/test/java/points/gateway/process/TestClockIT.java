package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The clock of a node, which tests may set where the operator lets them. */
@WithGateway
class TestClockIT {

  private final Chain chain;
  private final LocalGateway gateway;

  TestClockIT(Chain chain, LocalGateway gateway) {
    this.chain = chain;
    this.gateway = gateway;
  }

  @Test
  void dates_writes_and_reads_by_the_clock_that_was_set() {
    Instant later = Instant.now().plus(Duration.ofSeconds(30));
    String member = chain.newId("dated-");

    gateway.clock().moveTo(later);
    JsonObject earned = chain.earn(member, 1_000);
    JsonObject balance = chain.balance(member);

    for (String time : new String[] {earned.getString("recordedAt"), balance.getString("asOf")}) {
      assertThat(Instant.parse(time)).isBetween(later, later.plusSeconds(20));
    }
    gateway.clock().reset();
    assertThat(gateway.clock().now()).isBefore(later);
  }

  @Test
  void is_set_to_an_instant_and_to_nothing_else() {
    for (String body :
        new String[] {
          "",
          "{}",
          "[]",
          "{\"instant\": 5}",
          "{\"instant\": \"tomorrow\"}",
          "{\"instant\": \"1999-12-31T23:59:59Z\"}",
          "{\"instant\": \"2200-01-01T00:00:01Z\"}"
        }) {
      assertThat(gateway.clock().put(body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(gateway.clock().now())
        .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));
  }

  @Test
  void cannot_be_set_unless_the_operator_lets_tests_set_it() {
    try (LocalGateway plain = LocalGateway.start("plain-clock", Map.of())) {
      String body = "{\"instant\": \"2026-12-01T00:00:00Z\"}";
      assertThat(plain.clock().put(body).statusCode()).isEqualTo(404);
    }
  }
}
