package points.cluster.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static double notAsked() {
    throw new AssertionError("no jitter, no random number");
  }

  @Test
  void pauses_grow_up_to_the_maximum() {
    var backoff = Backoff.doubling(Duration.ofMillis(50), Duration.ofMillis(150));
    assertThat(IntStream.of(1, 2, 3, 4, 1_000, Integer.MAX_VALUE).mapToObj(it -> ms(backoff, it)))
        .containsExactly(50L, 100L, 150L, 150L, 150L, 150L);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "0.5, 75", "1, 50"})
  void jitter_only_shortens_a_pause(double random, long expectedMs) {
    var backoff = Backoff.doubling(Duration.ofMillis(100), Duration.ofSeconds(1)).withJitter(0.5);
    assertThat(backoff.after(1, () -> random)).hasMillis(expectedMs);
  }

  @Test
  void senseless_pauses_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> Backoff.doubling(Duration.ZERO, second)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Backoff.doubling(second, second.minusMillis(1)))
        .hasMessageContaining("PT1S");
    assertThatThrownBy(() -> new Backoff(second, 0.9, second, 0)).hasMessageContaining("0.9");
    assertThatThrownBy(() -> Backoff.doubling(second, second).withJitter(1.1))
        .hasMessageContaining("1.1");
  }

  private static long ms(Backoff backoff, int failures) {
    return backoff.after(failures, BackoffTest::notAsked).toMillis();
  }
}
