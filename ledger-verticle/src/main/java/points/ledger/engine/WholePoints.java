package points.ledger.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.book.BookRounding;
import points.ledger.rules.Fraction;
import points.ledger.rules.ProRata;

/**
 * Rounds the exact points of an order once, and shares the whole points out by largest remainder.
 *
 * <p>A share is that of one rule in one line. Of equal remainders the first share comes first, by
 * line, then by rule. Numbers that fit are {@code long}s, for speed; the others are reckoned in the
 * same way as {@link BigInteger}s.
 */
final class WholePoints {

  private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE / 2);

  private final boolean beyondLimit;
  private final long left;
  private final long[] floors;
  private final long[] remainders;
  private final Fraction carry;

  /**
   * @param whole the rounded sum of all shares
   * @param floors of each share
   * @param remainders of each share, or numbers in their order
   */
  private WholePoints(long whole, long[] floors, long[] remainders, Fraction carry) {
    this.beyondLimit = whole > LIMIT.longValue();
    this.left = whole - Arrays.stream(floors).sum();
    this.floors = floors;
    this.remainders = remainders;
    this.carry = carry;
  }

  /**
   * Rounds the sum of all shares. An order without any leaves the carry to the next one.
   *
   * @param shares more than 0 each
   * @param carry of the last order; it counts if the book carries
   */
  static WholePoints of(List<Share> shares, BookRounding rounding, Fraction carry) {
    Fraction before = rounding.carry() ? carry : Fraction.ZERO;
    if (shares.isEmpty()) {
      return new WholePoints(0, new long[0], new long[0], before);
    }
    WholePoints small = small(shares, rounding, before);
    return small == null ? large(shares, rounding, before) : small;
  }

  /** Returns whether the sum is more than any account may have. */
  boolean isBeyondLimit() {
    return beyondLimit;
  }

  /** The remainder that the member keeps; zero if the book does not carry. */
  Fraction carry() {
    return carry;
  }

  /** Shares the whole points out. */
  List<Slot> slots(List<Share> shares) {
    long more = left;
    for (; more > floors.length; more -= floors.length) { // refunds may leave a carry of 1 and more
      Arrays.setAll(floors, i -> floors[i] + 1);
    }
    ProRata.addOneEach(floors, remainders, more);
    takeOneEach(floors, remainders, -left);
    var slots = new ArrayList<Slot>(floors.length + 4);
    for (int i = 0; i < floors.length; i++) {
      Share share = shares.get(i);
      slots.add(new Slot(share.stage(), share.rule(), share.line(), floors[i]));
    }
    return slots;
  }

  /**
   * Takes 1 from the shares with the smallest remainders, the later first among equals; then 1 more
   * from each.
   *
   * <p>A carry below 0 may leave fewer points than the shares have in whole points.
   */
  private static void takeOneEach(long[] floors, long[] remainders, long beyond) {
    boolean[] taken = new boolean[beyond > 0 ? floors.length : 0];
    for (long left = beyond; left > 0; left--) {
      int from = -1;
      for (int i = 0; i < floors.length; i++) {
        boolean smallest = from < 0 || remainders[i] <= remainders[from];
        from = floors[i] > 0 && !taken[i] && smallest ? i : from;
      }
      if (from < 0) {
        Arrays.fill(taken, false);
        left++;
      } else {
        floors[from]--;
        taken[from] = true;
      }
    }
  }

  private static @Nullable WholePoints small(
      List<Share> shares, BookRounding rounding, Fraction carry) {
    long over = commonDenominator(shares, carry);
    if (over == 0) {
      return null;
    }
    long sum = numerator(carry, over);
    long[] floors = new long[shares.size()];
    long[] remainders = new long[floors.length];
    for (int i = 0; i < floors.length && sum >= 0; i++) {
      long numerator = numerator(shares.get(i).exact(), over);
      floors[i] = numerator / over;
      remainders[i] = numerator - floors[i] * over;
      sum = numerator < 0 ? -1 : sum + numerator;
    }
    if (sum < 0) {
      return null;
    }
    long whole = divide(sum, over, rounding.mode().mode());
    Fraction left =
        rounding.carry() ? Fraction.of(sum - whole * over, over).reduced() : Fraction.ZERO;
    return new WholePoints(whole, floors, remainders, left);
  }

  /** The least common denominator; 0 if one of the numbers does not fit, or is below 0. */
  private static long commonDenominator(List<Share> shares, Fraction carry) {
    long over = carry.fitsLong() && carry.longPart() >= 0 ? carry.longOver() : 0;
    for (int i = 0; i < shares.size() && over > 0; i++) {
      Fraction exact = shares.get(i).exact();
      long other = exact.longOver();
      if (!exact.fitsLong()) {
        return 0;
      }
      if (other != over && over % other != 0) {
        long times = other / greatestDivisor(over, other);
        over = Math.multiplyHigh(over, times) == 0 ? Math.max(0, over * times) : 0;
      }
    }
    return over;
  }

  private static long greatestDivisor(long one, long other) {
    return other == 0 ? one : greatestDivisor(other, one % other);
  }

  /** The numerator over a denominator; -1 if it does not fit. */
  private static long numerator(Fraction value, long over) {
    long times = value.longOver() == over ? 1 : over / value.longOver();
    boolean fits = Math.multiplyHigh(value.longPart(), times) == 0;
    return fits ? Math.max(-1, value.longPart() * times) : -1;
  }

  private static long divide(long sum, long over, RoundingMode mode) {
    long whole = sum / over;
    long half = Long.compare(sum - whole * over, over - (sum - whole * over));
    boolean up =
        switch (mode) {
          case CEILING -> sum > whole * over;
          case HALF_UP -> half >= 0;
          case HALF_EVEN -> half > 0 || (half == 0 && whole % 2 != 0);
          default -> false;
        };
    return up ? whole + 1 : whole;
  }

  private static WholePoints large(List<Share> shares, BookRounding rounding, Fraction carry) {
    BigInteger over = carry.over();
    for (Share share : shares) {
      BigInteger other = share.exact().over();
      over = over.divide(over.gcd(other)).multiply(other);
    }
    BigInteger sum = numerator(carry, over);
    var numerators = new BigInteger[shares.size()];
    for (int i = 0; i < numerators.length; i++) {
      numerators[i] = numerator(shares.get(i).exact(), over);
      sum = sum.add(numerators[i]);
    }
    BigInteger whole =
        new BigDecimal(sum)
            .divide(new BigDecimal(over), 0, rounding.mode().mode())
            .toBigInteger()
            .max(BigInteger.ZERO);
    if (whole.compareTo(LIMIT) > 0) {
      return new WholePoints(Long.MAX_VALUE, new long[0], new long[0], Fraction.ZERO);
    }
    Fraction left =
        rounding.carry()
            ? Fraction.of(sum.subtract(whole.multiply(over)), over).reduced()
            : Fraction.ZERO;
    return large(numerators, over, whole.longValueExact(), left);
  }

  private static WholePoints large(
      BigInteger[] numerators, BigInteger over, long whole, Fraction carry) {
    long[] floors = new long[numerators.length];
    var sorted = new TreeSet<BigInteger>();
    for (int i = 0; i < floors.length; i++) {
      BigInteger[] parts = numerators[i].divideAndRemainder(over);
      floors[i] = parts[0].longValueExact();
      sorted.add(parts[1]);
    }
    var ranks = new HashMap<BigInteger, Long>();
    for (BigInteger remainder : sorted) {
      ranks.put(remainder, (long) ranks.size());
    }
    long[] remainders = new long[floors.length];
    Arrays.setAll(remainders, i -> ranks.getOrDefault(numerators[i].mod(over), 0L));
    return new WholePoints(whole, floors, remainders, carry);
  }

  private static BigInteger numerator(Fraction value, BigInteger over) {
    return value.part().multiply(over.divide(value.over()));
  }
}
