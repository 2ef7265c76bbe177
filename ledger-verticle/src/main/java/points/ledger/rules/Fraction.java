package points.ledger.rules;

import java.math.BigInteger;

/**
 * An exact number: shares of shares are added up before they are rounded once.
 *
 * @param over 1 or more
 */
public record Fraction(BigInteger part, BigInteger over) {

  public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
  public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

  /** Reads what {@link #text} writes. */
  public static Fraction parse(String text) {
    String[] numbers = text.split("/", 2);
    var over = numbers.length == 1 ? BigInteger.ONE : new BigInteger(numbers[1]);
    if (over.signum() <= 0) {
      throw new IllegalArgumentException("no fraction: " + text);
    }
    return new Fraction(new BigInteger(numbers[0]), over);
  }

  public static Fraction of(long whole) {
    return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /**
   * A quotient.
   *
   * @param over 1 or more
   */
  public static Fraction of(long part, long over) {
    return part == over ? ONE : new Fraction(BigInteger.valueOf(part), BigInteger.valueOf(over));
  }

  public Fraction plus(Fraction other) {
    return over.equals(other.over)
        ? new Fraction(part.add(other.part), over)
        : new Fraction(
            part.multiply(other.over).add(other.part.multiply(over)), over.multiply(other.over));
  }

  public Fraction minus(Fraction other) {
    return plus(new Fraction(other.part.negate(), other.over));
  }

  public Fraction times(Fraction other) {
    return new Fraction(part.multiply(other.part), over.multiply(other.over));
  }

  public Fraction times(long times) {
    return new Fraction(part.multiply(BigInteger.valueOf(times)), over);
  }

  /** The quotient of both; 1 when it would be more. */
  public Fraction upToOneOver(Fraction other) {
    var quotient = new Fraction(part.multiply(other.over), over.multiply(other.part));
    return quotient.part.compareTo(quotient.over) < 0 ? quotient : ONE;
  }

  /** The same number with the smallest numbers that say it. */
  public Fraction reduced() {
    BigInteger divisor = part.gcd(over);
    return divisor.equals(BigInteger.ONE)
        ? this
        : new Fraction(part.divide(divisor), over.divide(divisor));
  }

  /** Returns whether it is more than another. */
  public boolean isMoreThan(Fraction other) {
    return part.multiply(other.over).compareTo(other.part.multiply(over)) > 0;
  }

  public boolean isZero() {
    return part.signum() == 0;
  }

  public long floor() {
    return part.divide(over).longValueExact();
  }

  /** Returns it as text, such as {@code 3} or {@code 2/5}. */
  public String text() {
    return over.equals(BigInteger.ONE) ? part.toString() : part + "/" + over;
  }
}
