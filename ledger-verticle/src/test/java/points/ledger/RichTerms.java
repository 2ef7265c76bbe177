package points.ledger;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Accounts;
import points.ledger.rules.EarningRule;
import points.ledger.rules.PointCurrency;
import points.ledger.rules.Rounding;
import points.ledger.rules.Terms;
import points.ledger.rules.Validity;

/** A program that offers everything. */
public final class RichTerms {

  private RichTerms() {}

  /**
   * With a second point currency, growth, bonuses and rates.
   *
   * @param charges whether what was spent already is charged, else owed
   * @param returnGrace see {@link Terms.RefundRule}
   */
  public static Terms of(boolean charges, @Nullable Period returnGrace) {
    var stars =
        new PointCurrency(
            RandomCommands.STARS,
            "stars",
            new EarningRule(1, 900, Rounding.FLOOR),
            new Validity.Rolling(Period.ofDays(20)));
    return new Terms(
        new TreeMap<>(Map.of(stars.code(), stars)),
        new EarningRule(1, 50, Rounding.CEILING),
        new Terms.StoredValueRule(
            new EarningRule(1, 1_000, Rounding.FLOOR),
            List.of(new Terms.Bonus(1_000, 50), new Terms.Bonus(20_000, 2_000))),
        new Terms.RefundRule(charges, returnGrace, new Terms.PointValue(100, 70), false),
        List.of(
            new Terms.ExchangeRate(Accounts.POINTS, RandomCommands.STARS, 10, 1),
            new Terms.ExchangeRate(RandomCommands.STARS, Accounts.POINTS, 1, 7)),
        charges,
        Duration.ofDays(3));
  }
}
