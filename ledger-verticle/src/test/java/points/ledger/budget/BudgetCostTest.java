package points.ledger.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.budget.BudgetCost.Basis;
import points.ledger.rules.Fraction;

class BudgetCostTest {

  /** Money in fen: 100,000.00 yuan at 100 points a yuan and a rate of 60 %, and so on. */
  @ParameterizedTest
  @CsvSource({
    "10000000, 100, 100, 60, 6000000, 16666666",
    "10000000, 20, 100, 100, 2000000, 2000000",
    "100, 1, 1000, 30, 0, 0",
    "999, 1, 100, 50, 4, 19",
    "1000000000000000, 1000000, 1, 1, 10000000000000000000, 100000000000000000000000"
  })
  void points_are_reckoned_from_money_both_ways(
      long cost, long points, long amount, int percent, String cautious, String expected) {
    var budget = new BudgetCost(cost, points, amount, Fraction.of(percent, 100), Basis.CAUTIOUS);

    assertThat(budget.pointsBy(Basis.CAUTIOUS)).isEqualTo(cautious);
    assertThat(budget.pointsBy(Basis.EXPECTED)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"6000000, 6000000, 3600000", "1, 1, 1", "150, 150, 90", "0, 0, 0"})
  void and_money_from_points(long issued, long worth, long expectedCost) {
    var budget = new BudgetCost(10_000_000, 100, 100, Fraction.of(60, 100), Basis.CAUTIOUS);

    assertThat(budget.worthOf(issued)).isEqualTo(Long.toString(worth));
    assertThat(budget.expectedCostOf(issued)).isEqualTo(Long.toString(expectedCost));
  }
}
