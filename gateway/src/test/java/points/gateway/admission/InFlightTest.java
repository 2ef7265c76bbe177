package points.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight(2);

  @Test
  void lets_in_as_many_as_it_takes_on() {
    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.enter()).isFalse();

    inFlight.leave();

    assertThat(inFlight.enter()).isTrue();
    assertThat(inFlight.current()).isEqualTo(2);
  }

  @Test
  void lets_nothing_in_when_closed_and_counts_out_what_is_inside() {
    inFlight.enter();

    inFlight.close();

    assertThat(inFlight.enter()).isFalse();
    inFlight.leave();
    assertThat(inFlight.current()).isZero();
  }

  @Test
  void counts_nobody_who_was_turned_away_at_the_closing_gate() throws Exception {
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
