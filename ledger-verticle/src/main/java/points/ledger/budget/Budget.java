package points.ledger.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.rules.Fraction;

/**
 * The limit of the points that a program issues by the rules that name it.
 *
 * @param id that charges go on under in the next book
 * @param points the limit, 0 or more
 * @param cost the marketing cost that the limit was reckoned from; null when the book names points
 * @param perStore whether each store has a budget of its own of these points
 * @param atEnd the fate of its rules when the points are issued
 * @param warnAt shares of the limit at which people are warned, ascending
 */
public record Budget(
    String id,
    long points,
    @Nullable BudgetCost cost,
    boolean perStore,
    AtEnd atEnd,
    List<Fraction> warnAt) {

  /** Digits of a share after its point: more than a book may write. */
  private static final int SCALE = 12;

  /** The scope of a budget that all stores share. */
  public static final String WHOLE_PROGRAM = "";

  /** The end of a budget. */
  public enum AtEnd {
    /** Its rules give what is left; when refunds make room, they give again. */
    CUT,
    /** Its rules have ended for good, until a book raises the limit. */
    STOP
  }

  /** Returns the shares at which people are warned as decimals, with commas between them. */
  public String warnAtText() {
    return warnAt.stream().map(Budget::decimal).collect(Collectors.joining(","));
  }

  /** Returns a share as a decimal, which it was written as. */
  public static String decimal(Fraction share) {
    return new BigDecimal(share.part())
        .divide(new BigDecimal(share.over()), SCALE, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Returns the part of the program that has a budget of its own, where an order is sold. */
  public String scopeOf(String storeId) {
    return perStore ? storeId : WHOLE_PROGRAM;
  }
}
