package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.RawConnection;

/** Refusals that are held back wait without a place among the requests under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeldRefusalsIT {

  /** More than two event loops answer at once and the gateway takes on, together. */
  private static final int STRANGERS = 600;

  private final LocalGateway gateway =
      LocalGateway.start("held-refusals", Map.of("POINTS_IN_FLIGHT_MAX", "100"));

  private final Chain chain = Chain.open(gateway, "held");

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  @Timeout(60)
  void held_refusals_leave_their_places_to_good_calls_and_are_answered_later() throws Exception {
    List<RawConnection> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < STRANGERS; i++) {
        RawConnection stranger = RawConnection.open(gateway.uri());
        strangers.add(stranger);
        stranger.send(
            "GET /v1/program HTTP/1.1\nHost: x\nAuthorization: Bearer " + key(i) + "\n\n");
      }

      chain.admin().post("/v1/accruals", chain.order("member", 100)).json(201);

      for (RawConnection stranger : strangers) {
        assertThat(stranger.read().status()).isEqualTo(401);
      }
    } finally {
      strangers.forEach(RawConnection::close);
    }
  }

  /** In the form of the gateway's keys, so that it is refused without a look-up. */
  private static String key(int number) {
    return "pk_" + "%065d".formatted(number);
  }
}
