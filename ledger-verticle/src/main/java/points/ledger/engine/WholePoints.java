package points.ledger.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import points.ledger.book.BookRounding;
import points.ledger.rules.Fraction;

/**
 * Rounds the exact points of an order once, and shares the whole points out by largest remainder.
 *
 * <p>A share is that of one rule in one line. Of equal remainders the first share comes first, by
 * line, then by rule.
 */
final class WholePoints {

  private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE / 2);

  private final List<Share> shares;
  private final BigInteger over;
  private final BigInteger[] exact;
  private final BigInteger whole;
  private final Fraction carry;

  /**
   * Rounds the sum of all shares.
   *
   * @param carry of the last order; it counts if the book carries
   */
  WholePoints(List<Share> shares, BookRounding rounding, Fraction carry) {
    this.shares = shares;
    this.over = commonDenominator(shares, carry);
    this.exact = new BigInteger[shares.size()];
    BigInteger sum = rounding.carry() ? numerator(carry, over) : BigInteger.ZERO;
    for (int i = 0; i < exact.length; i++) {
      exact[i] = numerator(shares.get(i).exact(), over);
      sum = sum.add(exact[i]);
    }
    this.whole = divide(sum, over, rounding.mode().mode()).max(BigInteger.ZERO);
    this.carry =
        rounding.carry()
            ? new Fraction(sum.subtract(whole.multiply(over)), over).reduced()
            : Fraction.ZERO;
  }

  /** Returns whether the sum is more than any account may have. */
  boolean isBeyondLimit() {
    return whole.compareTo(LIMIT) > 0;
  }

  /** The remainder that the member keeps; zero if the book does not carry. */
  Fraction carry() {
    return carry;
  }

  /** Shares the whole points out. */
  List<Slot> slots() {
    var slots = new ArrayList<Slot>(exact.length + 4);
    var remainders = new BigInteger[exact.length];
    long left = whole.longValueExact();
    for (int i = 0; i < exact.length; i++) {
      BigInteger[] parts = exact[i].divideAndRemainder(over);
      Share share = shares.get(i);
      slots.add(new Slot(share.stage(), share.rule(), share.line(), parts[0].longValueExact()));
      left -= parts[0].longValueExact();
      remainders[i] = parts[1];
    }
    addOneEach(slots, remainders, left);
    takeOneEach(slots, remainders, -left);
    return slots;
  }

  private static BigInteger commonDenominator(List<Share> shares, Fraction carry) {
    BigInteger over = carry.over();
    for (Share share : shares) {
      BigInteger other = share.exact().over();
      if (!over.equals(other) && over.mod(other).signum() != 0) {
        over = over.divide(over.gcd(other)).multiply(other);
      }
    }
    return over;
  }

  private static BigInteger numerator(Fraction value, BigInteger over) {
    return value.over().equals(over)
        ? value.part()
        : value.part().multiply(over.divide(value.over()));
  }

  private static BigInteger divide(BigInteger sum, BigInteger over, RoundingMode mode) {
    return mode == RoundingMode.FLOOR
        ? sum.divide(over)
        : new BigDecimal(sum).divide(new BigDecimal(over), 0, mode).toBigInteger();
  }

  private static void addOneEach(List<Slot> slots, BigInteger[] remainders, long left) {
    if (left > 0) {
      var order = new Integer[remainders.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparing((Integer i) -> remainders[i]).reversed());
      for (int i = 0; i < left; i++) {
        slots.get(order[i]).points++;
      }
    }
  }

  /** A carry below 0 may leave fewer points than the shares have in whole points. */
  private static void takeOneEach(List<Slot> slots, BigInteger[] remainders, long beyond) {
    if (beyond > 0) {
      var order = new Integer[remainders.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          Comparator.comparing((Integer i) -> remainders[i])
              .thenComparing(Comparator.reverseOrder()));
      long left = beyond;
      for (int i = 0; i < order.length && left > 0; i++) {
        Slot slot = slots.get(order[i]);
        long part = Math.min(left, Math.min(1, slot.points));
        slot.points -= part;
        left -= part;
      }
    }
  }
}
