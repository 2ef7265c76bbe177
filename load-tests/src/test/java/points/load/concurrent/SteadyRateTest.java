package points.load.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyRateTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyRate rate = new SteadyRate(4, nanos::get);

  @Test
  void turns_come_evenly() {
    assertThat(rate.untilTurn()).isZero();
    assertThat(rate.untilTurn()).isEqualTo(Duration.ofMillis(250));
    assertThat(rate.untilTurn()).isEqualTo(Duration.ofMillis(500));
    nanos.addAndGet(Duration.ofMillis(600).toNanos());
    assertThat(rate.untilTurn()).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void turns_that_nobody_took_are_not_made_up_for() {
    rate.untilTurn();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(rate.untilTurn()).isZero();
    assertThat(rate.untilTurn()).isEqualTo(Duration.ofMillis(250));
  }
}
