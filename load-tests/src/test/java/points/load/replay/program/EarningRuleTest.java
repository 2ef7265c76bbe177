package points.load.replay.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EarningRuleTest {
  @ParameterizedTest(name = "{2} minor units at {0} per {1}: {3} {4} {5} {6}")
  @CsvSource(
      textBlock =
          """
          # points, perAmount, amount, floor, halfUp, halfEven, ceiling
          1, 100, 0, 0, 0, 0, 0
          1, 100, 1, 0, 0, 0, 1
          1, 100, 49, 0, 0, 0, 1
          1, 100, 50, 0, 1, 0, 1
          1, 100, 51, 0, 1, 1, 1
          1, 100, 100, 1, 1, 1, 1
          1, 100, 150, 1, 2, 2, 2
          1, 100, 250, 2, 3, 2, 3
          1, 100, 12850, 128, 129, 128, 129
          1, 2000, 39999, 19, 20, 20, 20
          3, 100, 50, 1, 2, 2, 2
          3, 7, 5, 2, 2, 2, 3
          2, 3, 1, 0, 1, 1, 1
          0, 100, 999, 0, 0, 0, 0
          1, 1, 1000000000000000, 1000000000000000, 1000000000000000, 1000000000000000, 1000000000000000
          9000, 1, 1000000000000000, 9000000000000000000, 9000000000000000000, 9000000000000000000, 9000000000000000000
          999999999999999, 1000000000000000, 1000000000000000, 999999999999999, 999999999999999, 999999999999999, 999999999999999
          1000000000, 3, 1000000001, 333333333666666666, 333333333666666667, 333333333666666667, 333333333666666667
          """)
  void rounds_once_per_order(
      long points,
      long perAmount,
      long amount,
      long floor,
      long halfUp,
      long halfEven,
      long ceiling) {
    assertThat(new EarningRule(points, perAmount, false, Rounding.FLOOR).pointsFor(amount))
        .isEqualTo(floor);
    assertThat(new EarningRule(points, perAmount, false, Rounding.HALF_UP).pointsFor(amount))
        .isEqualTo(halfUp);
    assertThat(new EarningRule(points, perAmount, false, Rounding.HALF_EVEN).pointsFor(amount))
        .isEqualTo(halfEven);
    assertThat(new EarningRule(points, perAmount, false, Rounding.CEILING).pointsFor(amount))
        .isEqualTo(ceiling);
  }

  @ParameterizedTest(name = "{2} minor units at {0} for every full {1}: {3}")
  @CsvSource({
    "5, 250, 249, 0",
    "5, 250, 250, 5",
    "5, 250, 300, 5",
    "5, 250, 499, 5",
    "5, 250, 500, 10",
    "1, 1, 1000000000000000, 1000000000000000",
  })
  void gives_nothing_for_a_part_of_a_full_step(
      long points, long perAmount, long amount, long earned) {
    for (Rounding rounding : Rounding.values()) {
      assertThat(new EarningRule(points, perAmount, true, rounding).pointsFor(amount))
          .isEqualTo(earned);
    }
  }
}
