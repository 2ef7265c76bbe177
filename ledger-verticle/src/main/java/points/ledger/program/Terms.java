package points.ledger.program;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.rules.EarningRule;

/**
 * The terms of a program besides points for spend.
 *
 * @param currencies further point currencies, by code
 * @param growth growth value for spend; null when orders earn none
 * @param storedValue the rewards of a top-up
 * @param refunds how orders are undone
 * @param exchanges rates between point currencies
 * @param paysOutAtClosing whether a member that leaves is paid the worth of its points
 * @param lateWindow how late an accrual of an offline till may come in; older ones are reviewed
 * @param uncovered the party that bears points of an offline order that are not there
 */
public record Terms(
    SortedMap<String, PointCurrency> currencies,
    @Nullable EarningRule growth,
    StoredValueRule storedValue,
    RefundRule refunds,
    List<ExchangeRate> exchanges,
    boolean paysOutAtClosing,
    Duration lateWindow,
    Uncovered uncovered) {

  /** The treatment of an offline order that was paid with points that are not there any more. */
  public enum Uncovered {
    /** The member owes them. */
    DEBT,
    /** The store claims what they are worth from head office. */
    CLAIM
  }

  /** With the points of uncovered offline orders owed. */
  public Terms(
      SortedMap<String, PointCurrency> currencies,
      @Nullable EarningRule growth,
      StoredValueRule storedValue,
      RefundRule refunds,
      List<ExchangeRate> exchanges,
      boolean paysOutAtClosing,
      Duration lateWindow) {
    this(
        currencies,
        growth,
        storedValue,
        refunds,
        exchanges,
        paysOutAtClosing,
        lateWindow,
        Uncovered.DEBT);
  }

  /** Points only: 100 are worth one unit of money, and are owed when they were spent already. */
  public static final Terms PLAIN =
      new Terms(
          Collections.emptySortedMap(),
          null,
          new StoredValueRule(null, List.of()),
          new RefundRule(false, null, new PointValue(100, 100), false),
          List.of(),
          false,
          Duration.ofDays(3));

  /**
   * Returns whether a sale comes in too late to be decided by itself. One that is just in time is
   * not late.
   */
  public boolean isLate(Instant occurredAt, Instant arrivedAt) {
    return occurredAt.isBefore(arrivedAt.minus(lateWindow));
  }

  /**
   * The rewards of a top-up.
   *
   * @param earning points for the amount paid; null for none
   * @param bonuses by the least amount that they are for, ascending
   */
  public record StoredValueRule(@Nullable EarningRule earning, List<Bonus> bonuses) {

    /** The bonus of the highest step that the amount reaches, in minor units. */
    public long bonusFor(long amount) {
      long bonus = 0;
      for (Bonus step : bonuses) {
        if (amount >= step.from()) {
          bonus = step.bonus();
        }
      }
      return bonus;
    }
  }

  /**
   * Stored value given on top.
   *
   * @param from least amount paid, in minor units
   * @param bonus minor units
   */
  public record Bonus(long from, long bonus) {}

  /**
   * The rules by which orders are undone.
   *
   * @param charges whether points that were spent already are charged in money by the till; else
   *     the member owes them
   * @param returnGrace for how long points given back are good that have expired meanwhile; null
   *     when they are not
   * @param pointValue the worth of a point when it is charged
   * @param anyStore whether any store of the program takes back; else only the one that sold
   */
  public record RefundRule(
      boolean charges, @Nullable Period returnGrace, PointValue pointValue, boolean anyStore) {}

  /**
   * So many points are worth so much money.
   *
   * @param points 1 or more
   * @param amount minor units, 1 or more
   */
  public record PointValue(long points, long amount) {

    /**
     * The money that these points are worth, in minor units, half up; at most what an order may be.
     */
    public long of(long some) {
      return of(BigInteger.valueOf(some))
          .min(BigInteger.valueOf(Limits.AMOUNT_MAX))
          .longValueExact();
    }

    /** The money that these points are worth, in minor units, half up, however much it is. */
    public BigInteger of(BigInteger some) {
      BigInteger divisor = BigInteger.valueOf(points);
      return some.multiply(BigInteger.valueOf(amount))
          .multiply(BigInteger.TWO)
          .add(divisor)
          .divide(divisor.multiply(BigInteger.TWO));
    }
  }

  /**
   * A rate between two point currencies.
   *
   * @param give points of {@code from}, 1 or more
   * @param get points of {@code to} for them, 1 or more
   */
  public record ExchangeRate(String from, String to, long give, long get) {}
}
