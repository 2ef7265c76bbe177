package points.ledger.book;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/**
 * The rules by which orders earn growth, all of which count.
 *
 * @param rules 1 to {@link #RULES_MAX}
 */
public record Growth(List<Rule> rules) {

  public static final int RULES_MAX = 10;

  private static final String USED_AS = "growth/";

  /**
   * One rule: so many points for so much money, or for an order.
   *
   * @param id unique in the book
   * @param ratio null when an order earns fixed points
   * @param perDay the orders of a member for which it counts on one day; 0 for all
   */
  public record Rule(String id, @Nullable Ratio ratio, long fixed, int perDay) {

    /** Returns the name under which a member's uses are counted, which no promotion has. */
    public String usedAs() {
      return USED_AS + id;
    }
  }

  /**
   * The growth that an order earns.
   *
   * @param limited the rules that counted and have a limit
   */
  public record Earned(long points, List<Rule> limited) {}

  /** Returns whether uses that are counted under a name are those of a rule of growth. */
  public static boolean isUse(String name) {
    return name.startsWith(USED_AS);
  }

  /**
   * Returns the growth of an order.
   *
   * @param amount the money that counts, in minor units
   * @param used the uses of a rule with a limit on the day of the order
   */
  public Earned of(long amount, ToLongFunction<Rule> used) {
    long points = 0;
    var limited = new ArrayList<Rule>(0);
    for (Rule rule : rules) {
      if (rule.perDay() > 0 && used.applyAsLong(rule) >= rule.perDay()) {
        continue;
      }
      long more = rule.ratio() == null ? rule.fixed() : of(rule.ratio(), amount);
      points = more > Long.MAX_VALUE - points ? Long.MAX_VALUE : points + more;
      if (rule.perDay() > 0) {
        limited.add(rule);
      }
    }
    return new Earned(points, List.copyOf(limited));
  }

  private static long of(Ratio ratio, long amount) {
    return ratio.points() == 0
        ? 0
        : new EarningRule(ratio.points(), ratio.perAmount(), ratio.per(), Rounding.FLOOR)
            .pointsFor(amount);
  }
}
