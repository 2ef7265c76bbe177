package points.ledger.decide;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.ledger.program.PointCurrency;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** A program in which 100 earn one point, one growth value and one star, each good for a month. */
final class PartsProgram {

  static final String STARS = "stars";

  private PartsProgram() {}

  /**
   * The program.
   *
   * @param charges whether points that were spent are charged, ten for one minor unit
   */
  static Program of(boolean charges) {
    var each = new EarningRule(1, 100, Rounding.FLOOR);
    var monthly = new Validity.Rolling(Period.ofMonths(1));
    var terms =
        new Terms(
            new TreeMap<>(Map.of(STARS, new PointCurrency(STARS, "stars", each, monthly))),
            each,
            new Terms.StoredValueRule(null, List.of()),
            new Terms.RefundRule(charges, null, new Terms.PointValue(10, 1), false),
            List.of(),
            false,
            Duration.ofDays(3));
    return new Program(
        "program", "p", "CNY", ZoneId.of("Asia/Shanghai"), each, monthly, true, terms);
  }
}
