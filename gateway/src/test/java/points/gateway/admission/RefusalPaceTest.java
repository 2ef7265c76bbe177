package points.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import points.gateway.admission.RefusalPace.Turn;

class RefusalPaceTest {

  private final RefusalPace pace = new RefusalPace();
  private final long now = TimeUnit.SECONDS.toNanos(7);

  private Turn take(int times, long nanos) {
    Turn last = Turn.AT_ONCE;
    for (int i = 0; i < times; i++) {
      last = pace.take(nanos);
    }
    return last;
  }

  @Test
  void holds_refusals_after_the_first_ones_of_a_second() {
    assertThat(take(50, now)).isEqualTo(Turn.AT_ONCE);
    assertThat(take(1, now)).isEqualTo(Turn.HELD);
    assertThat(take(1, now + TimeUnit.SECONDS.toNanos(1))).isEqualTo(Turn.AT_ONCE);
  }

  @Test
  void holds_no_more_than_it_may_and_closes_the_others() {
    assertThat(take(2_050, now)).isEqualTo(Turn.HELD);
    assertThat(take(1, now)).isEqualTo(Turn.CLOSED);

    pace.release();

    assertThat(take(1, now)).isEqualTo(Turn.HELD);
  }
}
