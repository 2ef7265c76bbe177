package points.load.model;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact number, in lowest terms.
 *
 * @param under more than 0
 */
public record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {
  public static final Fraction ZERO = of(0);
  public static final Fraction ONE = of(1);

  /** Brings the number into lowest terms. */
  public Fraction {
    BigInteger common = over.gcd(under);
    BigInteger divisor = under.signum() < 0 ? common.negate() : common;
    over = over.divide(divisor);
    under = under.divide(divisor);
  }

  /** A whole number. */
  public static Fraction of(long whole) {
    return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /** A decimal number, as documents write it. */
  public static Fraction of(String decimal) {
    BigDecimal number = new BigDecimal(decimal);
    return new Fraction(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
  }

  public Fraction plus(Fraction other) {
    return new Fraction(
        over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
  }

  public Fraction minus(Fraction other) {
    return plus(new Fraction(other.over.negate(), other.under));
  }

  public Fraction times(Fraction other) {
    return new Fraction(over.multiply(other.over), under.multiply(other.under));
  }

  public Fraction times(long factor) {
    return times(of(factor));
  }

  public Fraction dividedBy(Fraction other) {
    return new Fraction(over.multiply(other.under), under.multiply(other.over));
  }

  public Fraction dividedBy(long divisor) {
    return dividedBy(of(divisor));
  }

  /** Returns the greatest whole number that is not above this one. */
  public long floor() {
    BigInteger[] parts = over.divideAndRemainder(under);
    return parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
  }

  /** Returns what is above the {@linkplain #floor whole number} below it. */
  public Fraction fraction() {
    return minus(of(floor()));
  }

  public int signum() {
    return over.signum();
  }

  @Override
  public int compareTo(Fraction other) {
    return over.multiply(other.under).compareTo(other.over.multiply(under));
  }
}
