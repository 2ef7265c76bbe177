package points.gateway.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.refund.RefundCalls.REFUNDS;
import static points.gateway.refund.RefundCalls.await;
import static points.gateway.refund.RefundCalls.early;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;

/** A refund whose sale does not come within a week becomes a review, by the clock of the node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LapsingRefundsIT {

  private final LocalGateway gateway =
      LocalGateway.start("lapsing-refunds", Map.of("POINTS_TEST_CLOCK", "true"));
  private final Chain chain = Chain.open(gateway, "lapsing");
  private final RefundCalls refunds = new RefundCalls(chain);

  @AfterAll
  void close() {
    gateway.close();
  }

  @Test
  void a_parked_refund_becomes_a_review_after_a_week() {
    JsonObject order = chain.order(chain.newId("lapsing-"), 5_000);
    chain.admin().post(REFUNDS, early(order, "R1")).json(201);
    Instant parkedAt = Instant.parse(refunds.listed(order).get(0).getString("parkedAt"));

    gateway.clock().moveTo(parkedAt.plus(Duration.ofDays(6)));
    refunds.awaitARoundAfter();
    JsonObject waiting = refunds.listed(order, "parked").get(0);
    gateway.clock().moveTo(parkedAt.plus(Duration.ofDays(8)));
    await(() -> refunds.listed(order, "lapsed").size() == 1);

    assertThat(waiting.getLong("ageSeconds")).isBetween(6 * 86_400L, 6 * 86_400L + 60);
    JsonObject lapsed = refunds.listed(order, "lapsed").get(0);
    JsonObject review = chain.admin().get("/v1/reviews/" + lapsed.getString("reviewId")).json(200);
    assertThat(review.getString("type")).isEqualTo("refund");
    assertThat(review.getString("status")).isEqualTo("review");
  }
}
