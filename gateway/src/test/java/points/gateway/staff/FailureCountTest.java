package points.gateway.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureCountTest {

  @Test
  void one_address_leaves_few_rows_however_often_it_fails() {
    assertThat(shown(IntStream.rangeClosed(1, 1_000_000).mapToObj(i -> new FailureCount(i, i))))
        .isEqualTo(20);
  }

  @Test
  void many_addresses_leave_few_rows_too() {
    assertThat(shown(IntStream.rangeClosed(1, 1_000_000).mapToObj(i -> new FailureCount(1, i))))
        .isEqualTo(113);
  }

  private static long shown(java.util.stream.Stream<FailureCount> counts) {
    return counts.filter(FailureCount::isShown).count();
  }
}
