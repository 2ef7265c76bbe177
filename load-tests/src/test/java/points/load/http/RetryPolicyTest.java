package points.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
  private static final RetryPolicy PATIENCE =
      new RetryPolicy(9, Duration.ofMillis(100), Duration.ofSeconds(2));

  @ParameterizedTest(name = "after {0} sendings, asked to wait {1} s: {2} to {3} ms")
  @CsvSource(
      textBlock =
          """
          1, 0, 50, 100
          2, 0, 100, 200
          3, 0, 200, 400
          6, 0, 1000, 2000
          60, 0, 1000, 2000
          1, 3, 3050, 3100
          1, 3600, 30050, 30100
          """)
  void pauses_double_to_a_limit_and_never_undercut_retry_after(
      int sent, long askedSeconds, long least, long most) {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(PATIENCE.pause(sent, Duration.ofSeconds(askedSeconds), random).toMillis())
          .isBetween(least, most);
    }
  }
}
