package points.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight(2);

  @Test
  void admits_requests_up_to_its_limit() {
    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.enter()).isFalse();

    inFlight.leave();

    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.current()).isEqualTo(2);
  }

  @Test
  void admits_nothing_when_closed_and_counts_requests_out() {
    inFlight.enter();

    inFlight.close();

    assertThat(inFlight.enter()).isFalse();
    inFlight.leave();
    assertThat(inFlight.current()).isZero();
  }

  @Test
  void does_not_count_requests_refused_while_closing() throws Exception {
    InFlight gate = new InFlight(1_000_000);
    Thread visitor =
        new Thread(
            () -> {
              while (!gate.isClosed()) {
                if (gate.enter()) {
                  gate.leave();
                }
              }
            });
    visitor.start();
    gate.close();
    visitor.join(10_000);

    assertThat(gate.current()).isZero();
  }
}
