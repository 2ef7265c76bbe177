package points.ledger.order;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.rules.Fraction;
import points.ledger.rules.ProRata;

/**
 * The part of a sale that has come back, and the points due for it.
 *
 * <p>For each line it has the amount that callers named with the line. For the whole sale it also
 * has the amount that callers named without a line (a refund by {@code amount}). That amount is
 * spread over the rest of all lines, in proportion, each time it is looked at. So a line can come
 * back at its full price as long as that much is left of the order.
 *
 * <p>Example: an order of two lines, 60.00 and 40.00, earned 100 points. A refund by amount brings
 * back 50.00: 50 points are due. Then the second line comes back. 20.00 of it are left, so 70.00
 * and 70 points are due in all, of which 20 are new.
 *
 * <p>The points due are rounded down once, over all parts together. When nothing of the sale is
 * left, all of its points are due. A sale without an amount is measured by the points that it was
 * paid with, and its lines come back whole.
 */
public final class Returned {

  private final long[] sold;
  private final long[] named;
  private final boolean[] gone;
  private final long[] shown;
  private final long[] paid;
  private long unnamed;

  /**
   * Nothing yet.
   *
   * @param sold minor units of each line
   * @param paid points by line, which stand for the amount where there is none
   */
  Returned(long[] sold, long[] paid) {
    this.sold = sold;
    this.named = new long[sold.length];
    this.gone = new boolean[sold.length];
    this.shown = new long[sold.length];
    this.paid = paid;
  }

  private Returned(Returned other) {
    this.sold = other.sold;
    this.named = other.named.clone();
    this.gone = other.gone.clone();
    this.shown = other.shown.clone();
    this.paid = other.paid;
    this.unnamed = other.unnamed;
  }

  public Returned plus(ReturnedPart part) {
    var after = new Returned(this);
    boolean byLines = part.by() == RefundedBy.LINES;
    part.amounts()
        .forEach(
            (line, amount) -> {
              (byLines ? after.named : after.shown)[line] += amount;
              after.gone[line] |= byLines;
            });
    after.unnamed += part.unnamed();
    return after;
  }

  long amount() {
    return Arrays.stream(sold).sum();
  }

  private long namedAmount() {
    return Arrays.stream(named).sum();
  }

  /** Minor units that can still come back. */
  long left() {
    return isMeasuredByPoints() ? 0 : Math.max(0, amount() - namedAmount() - unnamed);
  }

  /** Minor units of a line that can still come back: never more than are left of the order. */
  long left(int line) {
    return Math.min(Math.max(0, sold[line] - named[line]), left());
  }

  /** Returns whether a line without an amount has come back. */
  boolean isGone(int line) {
    return gone[line];
  }

  boolean isMeasuredByPoints() {
    return amount() == 0;
  }

  /** Points that can still come back by themselves. */
  long pointsLeft() {
    return isMeasuredByPoints() && !isWhole()
        ? Math.max(0, Arrays.stream(paid).sum() - due(Arrays.stream(paid).sum(), paid))
        : 0;
  }

  boolean hasUnnamed() {
    return unnamed > 0;
  }

  /** Returns whether nothing of it is left. */
  public boolean isWhole() {
    if (!isMeasuredByPoints()) {
      return left() == 0;
    }
    for (boolean one : gone) {
      if (!one) {
        return unnamed > 0 && !isLess(unnamed);
      }
    }
    return true;
  }

  /** Returns the fraction of the sale that has come back, by its amount. */
  Fraction part() {
    if (isWhole()) {
      return Fraction.ONE;
    }
    long back = Math.min(amount(), namedAmount() + unnamed);
    return isMeasuredByPoints() ? Fraction.ZERO : Fraction.of(back, amount());
  }

  private boolean isLess(long points) {
    return of(paid).plus(Fraction.of(points)).floor() < Arrays.stream(paid).sum();
  }

  /**
   * Returns the points due of a total by now.
   *
   * @param shares the part of each line; together the total
   */
  long due(long total, long[] shares) {
    if (isWhole()) {
      return total;
    }
    Fraction ofNamed = of(shares);
    if (unnamed == 0) {
      return ofNamed.floor();
    }
    Fraction rest = Fraction.of(total).minus(ofNamed);
    return ofNamed.plus(rest.times(partOfRest())).floor();
  }

  /** Returns the fraction of the lines not named that has come back all the same. */
  private Fraction partOfRest() {
    Fraction rest =
        isMeasuredByPoints()
            ? Fraction.of(Arrays.stream(paid).sum()).minus(of(paid))
            : Fraction.of(amount() - namedAmount());
    return rest.isZero() ? Fraction.ONE : Fraction.of(unnamed).upToOneOver(rest);
  }

  private Fraction of(long[] shares) {
    Fraction sum = Fraction.ZERO;
    for (int i = 0; i < shares.length; i++) {
      if (sold[i] == 0 ? gone[i] : named[i] > 0) {
        Fraction back = sold[i] == 0 ? Fraction.ONE : Fraction.of(named[i], sold[i]);
        sum = sum.plus(back.times(shares[i]));
      }
    }
    return sum;
  }

  /** Shares out what comes back without a name, for all to see where it went. */
  SortedMap<Integer, Long> spread(long amount) {
    long[] weights = new long[sold.length];
    Arrays.setAll(weights, i -> Math.max(0, sold[i] - named[i] - shown[i]));
    long[] shares = ProRata.of(amount, weights);
    var spread = new TreeMap<Integer, Long>();
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        spread.put(i, shares[i]);
      }
    }
    return spread;
  }
}
