package points.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProRataTest {

  @ParameterizedTest
  @CsvSource({
    "10, 1,               10",
    "10, 1 1,             5 5",
    "10, 1 1 1,           4 3 3",
    "11, 1 1 1,           4 4 3",
    "1,  1 1 1,           1 0 0",
    "0,  5 3 2,           0 0 0",
    "10, 5 3 2,           5 3 2",
    "7,  5 3 2,           4 2 1",
    "9,  3 3 4,           3 3 3",
    "5,  0 1 0,           0 5 0",
    "5,  0 0,             3 2",
    "3,  0 0 0 0,         1 1 1 0",
    "128, 4999 4999 2852, 50 50 28",
    "100, 1 2 3 5 89,     1 2 3 5 89",
    "1,  1 999,           0 1",
  })
  void go_to_the_largest_remainders_and_the_earlier_of_equals(
      long total, String weights, String shares) {
    assertThat(ProRata.of(total, numbers(weights))).containsExactly(numbers(shares));
  }

  @Test
  void of_no_parts_are_none() {
    assertThat(ProRata.of(5, new long[0])).isEmpty();
  }

  @Test
  void add_up_and_are_within_one_of_the_exact_part_however_large() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long total = (long) (random.nextDouble() * Math.pow(10, random.nextInt(16)));
      long[] weights = new long[1 + random.nextInt(20)];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (long) (random.nextDouble() * Math.pow(10, random.nextInt(16)));
      }
      assertFair(total, weights, ProRata.of(total, weights));
    }
  }

  private static void assertFair(long total, long[] weights, long[] shares) {
    assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
    BigInteger sum = BigInteger.valueOf(Arrays.stream(weights).sum());
    if (sum.signum() == 0) {
      return;
    }
    for (int i = 0; i < weights.length; i++) {
      long below =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(weights[i]))
              .divide(sum)
              .longValueExact();
      assertThat(shares[i]).isBetween(below, below + 1);
      if (weights[i] == 0) {
        assertThat(shares[i]).isZero();
      }
    }
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
