package points.ledger.rules;

import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact number: shares of shares are added up before they are rounded once.
 *
 * <p>Nearly all are small, and are reckoned in {@code long}s. The others have {@link BigInteger}s;
 * no caller sees which.
 */
public final class Fraction {

  public static final Fraction ZERO = new Fraction(0, 1, null);
  public static final Fraction ONE = new Fraction(1, 1, null);

  /** The numbers of a fraction, one of which does not fit into a {@code long}. */
  private record Large(BigInteger part, BigInteger over) {}

  private final long part;
  private final long over;
  private final @Nullable Large large;

  private Fraction(long part, long over, @Nullable Large large) {
    this.part = part;
    this.over = over;
    this.large = large;
  }

  /**
   * A quotient.
   *
   * @param over 1 or more
   */
  public static Fraction of(BigInteger part, BigInteger over) {
    return part.bitLength() < Long.SIZE && over.bitLength() < Long.SIZE
        ? new Fraction(part.longValue(), over.longValue(), null)
        : new Fraction(0, 1, new Large(part, over));
  }

  /** Reads what {@link #text} writes. */
  public static Fraction parse(String text) {
    String[] numbers = text.split("/", 2);
    var over = numbers.length == 1 ? BigInteger.ONE : new BigInteger(numbers[1]);
    if (over.signum() <= 0) {
      throw new IllegalArgumentException("no fraction: " + text);
    }
    return of(new BigInteger(numbers[0]), over);
  }

  public static Fraction of(long whole) {
    return new Fraction(whole, 1, null);
  }

  /**
   * A quotient.
   *
   * @param over 1 or more
   */
  public static Fraction of(long part, long over) {
    return part == over ? ONE : new Fraction(part, over, null);
  }

  public BigInteger part() {
    return large == null ? BigInteger.valueOf(part) : large.part;
  }

  /** The number that {@link #part} is divided by, 1 or more. */
  public BigInteger over() {
    return large == null ? BigInteger.valueOf(over) : large.over;
  }

  /** Returns whether {@link #longPart} and {@link #longOver} are there. */
  public boolean fitsLong() {
    return large == null;
  }

  public long longPart() {
    return part;
  }

  public long longOver() {
    return over;
  }

  /** Returns whether a product fits into a {@code long}. */
  private static boolean fits(long one, long other) {
    return Math.multiplyHigh(one, other) == (one * other) >> (Long.SIZE - 1);
  }

  /** Returns whether a sum fits into a {@code long}. */
  private static boolean fitsSum(long one, long other) {
    long sum = one + other;
    return ((one ^ sum) & (other ^ sum)) >= 0;
  }

  public Fraction plus(Fraction other) {
    if (large == null && other.large == null) {
      if (over == other.over && fitsSum(part, other.part)) {
        return new Fraction(part + other.part, over, null);
      }
      if (fits(part, other.over) && fits(other.part, over) && fits(over, other.over)) {
        long one = part * other.over;
        long two = other.part * over;
        if (fitsSum(one, two)) {
          return new Fraction(one + two, over * other.over, null);
        }
      }
    }
    return of(
        part().multiply(other.over()).add(other.part().multiply(over())),
        over().multiply(other.over()));
  }

  public Fraction minus(Fraction other) {
    return plus(other.times(-1));
  }

  public Fraction times(Fraction other) {
    return large == null && other.large == null && fits(part, other.part) && fits(over, other.over)
        ? new Fraction(part * other.part, over * other.over, null)
        : of(part().multiply(other.part()), over().multiply(other.over()));
  }

  public Fraction times(long times) {
    return large == null && fits(part, times)
        ? new Fraction(part * times, over, null)
        : of(part().multiply(BigInteger.valueOf(times)), over());
  }

  /** The quotient of both; 1 when it would be more. */
  public Fraction upToOneOver(Fraction other) {
    BigInteger its = part().multiply(other.over());
    BigInteger others = over().multiply(other.part());
    return its.compareTo(others) < 0 ? of(its, others) : ONE;
  }

  /** The same number with the smallest numbers that say it. */
  public Fraction reduced() {
    BigInteger divisor = part().gcd(over());
    return divisor.equals(BigInteger.ONE)
        ? this
        : of(part().divide(divisor), over().divide(divisor));
  }

  /** Returns whether it is more than another. */
  public boolean isMoreThan(Fraction other) {
    boolean small = large == null && other.large == null;
    if (small && fits(part, other.over) && fits(other.part, over)) {
      return part * other.over > other.part * over;
    }
    return part().multiply(other.over()).compareTo(other.part().multiply(over())) > 0;
  }

  public boolean isZero() {
    return large == null ? part == 0 : large.part.signum() == 0;
  }

  public long floor() {
    return part().divide(over()).longValueExact();
  }

  /** Returns it as text, such as {@code 3} or {@code 2/5}. */
  public String text() {
    return over().equals(BigInteger.ONE) ? part().toString() : part() + "/" + over();
  }

  /** Two are equal when they have the same numbers: a half is not equal to two quarters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fraction its
        && part == its.part
        && over == its.over
        && Objects.equals(large, its.large);
  }

  @Override
  public int hashCode() {
    return Objects.hash(part, over, large);
  }

  @Override
  public String toString() {
    return text();
  }
}
