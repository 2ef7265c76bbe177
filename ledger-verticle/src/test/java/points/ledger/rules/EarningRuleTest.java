package points.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.account.Limits;

class EarningRuleTest {

  @ParameterizedTest
  @CsvSource({
    // points, per amount, amount, floor, half up, half even, ceiling
    "1, 100,    0,   0,   0,   0,   0",
    "1, 100,    1,   0,   0,   0,   1",
    "1, 100,   49,   0,   0,   0,   1",
    "1, 100,   50,   0,   1,   0,   1",
    "1, 100,   51,   0,   1,   1,   1",
    "1, 100,   99,   0,   1,   1,   1",
    "1, 100,  100,   1,   1,   1,   1",
    "1, 100,  150,   1,   2,   2,   2",
    "1, 100,  250,   2,   3,   2,   3",
    "1, 100,  350,   3,   4,   4,   4",
    "1, 100, 12850, 128, 129, 128, 129",
    "1, 2000, 12850,  6,   6,   6,   7",
    "3,   7,   10,   4,   4,   4,   5",
    "5,   1,    3,  15,  15,  15,  15",
  })
  void rounds_the_points_of_an_order_once(
      long points, long perAmount, long amount, long floor, long halfUp, long halfEven, long up) {
    assertThat(rule(points, perAmount, Rounding.FLOOR).pointsFor(amount)).isEqualTo(floor);
    assertThat(rule(points, perAmount, Rounding.HALF_UP).pointsFor(amount)).isEqualTo(halfUp);
    assertThat(rule(points, perAmount, Rounding.HALF_EVEN).pointsFor(amount)).isEqualTo(halfEven);
    assertThat(rule(points, perAmount, Rounding.CEILING).pointsFor(amount)).isEqualTo(up);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void is_exact_however_large_the_numbers(Rounding rounding) {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long points = random.nextLong(1, 1_000_001);
      long perAmount = 1 + (long) (random.nextDouble() * Math.pow(10, random.nextInt(13)));
      long amount = (long) (random.nextDouble() * Limits.AMOUNT_MAX);
      BigDecimal exact =
          BigDecimal.valueOf(amount)
              .multiply(BigDecimal.valueOf(points))
              .divide(BigDecimal.valueOf(perAmount), 0, rounding.mode())
              .min(BigDecimal.valueOf(Long.MAX_VALUE));
      assertThat(rule(points, perAmount, rounding).pointsFor(amount))
          .isEqualTo(exact.longValueExact());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "249, 0",
    "250, 5",
    "300, 5",
    "499, 5",
    "500, 10",
    "1000000000000000, 20000000000000"
  })
  void gives_nothing_for_a_part_of_a_full_step(long amount, long points) {
    for (Rounding rounding : Rounding.values()) {
      var rule = new EarningRule(5, 250, EarningRule.Per.FULL_STEP, rounding);
      assertThat(rule.pointsFor(amount)).isEqualTo(points);
    }
  }

  @Test
  void gives_the_largest_number_for_more_full_steps_than_any() {
    var rule = new EarningRule(1_000_000, 1, EarningRule.Per.FULL_STEP, Rounding.FLOOR);
    assertThat(rule.pointsFor(Limits.AMOUNT_MAX)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void caps_points_at_the_largest_number(Rounding rounding) {
    assertThat(rule(1_000_000, 1, rounding).pointsFor(Limits.AMOUNT_MAX)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(Rounding.class)
  void refuses_amounts_below_0(Rounding rounding) {
    assertThatIllegalArgumentException().isThrownBy(() -> rule(1, 100, rounding).pointsFor(-1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, EarningRule.POINTS_MAX + 1})
  void refuses_points_out_of_range(long points) {
    assertThatIllegalArgumentException().isThrownBy(() -> rule(points, 100, Rounding.FLOOR));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, EarningRule.PER_AMOUNT_MAX + 1})
  void refuses_amounts_per_point_out_of_range(long perAmount) {
    assertThatIllegalArgumentException().isThrownBy(() -> rule(1, perAmount, Rounding.FLOOR));
  }

  @Test
  void takes_its_own_limits() {
    assertThat(
            rule(EarningRule.POINTS_MAX, EarningRule.PER_AMOUNT_MAX, Rounding.FLOOR)
                .pointsFor(EarningRule.PER_AMOUNT_MAX))
        .isEqualTo(EarningRule.POINTS_MAX);
  }

  private static EarningRule rule(long points, long perAmount, Rounding rounding) {
    return new EarningRule(points, perAmount, rounding);
  }
}
