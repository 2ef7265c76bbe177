package points.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FractionTest {

  private static final long[] EDGES = {
    0,
    1,
    2,
    3,
    1L << 31,
    (1L << 31) - 1,
    1L << 32,
    3_037_000_499L,
    3_037_000_500L,
    1L << 62,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  private final Random random = new Random(1);

  @Test
  void sums_products_and_comparisons_are_exact_however_large_the_numbers() {
    int large = 0;
    for (int i = 0; i < 100_000; i++) {
      Fraction one = fraction();
      Fraction two = fraction();
      BigInteger cross = one.part().multiply(two.over());
      BigInteger otherCross = two.part().multiply(one.over());
      BigInteger over = one.over().multiply(two.over());

      assertSame(one.plus(two), cross.add(otherCross), over);
      assertSame(one.minus(two), cross.subtract(otherCross), over);
      assertSame(one.times(two), one.part().multiply(two.part()), over);
      long times = edge();
      assertSame(one.times(times), one.part().multiply(BigInteger.valueOf(times)), one.over());
      assertThat(one.isMoreThan(two)).isEqualTo(cross.compareTo(otherCross) > 0);
      assertThat(one.isZero()).isEqualTo(one.part().signum() == 0);
      large += one.times(two).fitsLong() ? 0 : 1;
    }
    assertThat(large).isBetween(10_000, 90_000);
  }

  @Test
  void the_same_numbers_are_equal_however_they_came_about() {
    Fraction large = Fraction.of(Long.MAX_VALUE).times(4);
    BigInteger part = BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(2);

    assertThat(large).isEqualTo(Fraction.of(part, BigInteger.ONE));
    assertThat(large).hasSameHashCodeAs(Fraction.of(part, BigInteger.ONE));
    assertThat(large.minus(large)).isEqualTo(Fraction.ZERO);
    assertThat(Fraction.of(1, 2)).isNotEqualTo(Fraction.of(2, 4));
    assertThat(Fraction.of(2, 4).reduced()).isEqualTo(Fraction.of(1, 2));
    assertThat(Fraction.parse(large.text())).isEqualTo(large);
  }

  private static void assertSame(Fraction actual, BigInteger part, BigInteger over) {
    assertThat(actual.part().multiply(over)).isEqualTo(part.multiply(actual.over()));
    assertThat(actual.over().signum()).isPositive();
  }

  private Fraction fraction() {
    long part = edge();
    return Fraction.of(random.nextInt(8) == 0 ? -part : part, Math.max(1, edge()));
  }

  private long edge() {
    return random.nextBoolean()
        ? EDGES[random.nextInt(EDGES.length)]
        : random.nextLong() >>> (1 + random.nextInt(62));
  }
}
