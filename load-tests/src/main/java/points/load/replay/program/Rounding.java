package points.load.replay.program;

import java.math.BigInteger;
import points.load.http.UnexpectedAnswerException;

/** The rule of rounding a fraction of a point. */
public enum Rounding {
  /** It is lost. */
  FLOOR("floor") {
    @Override
    boolean up(BigInteger whole, int twiceRestToDivisor, boolean rest) {
      return false;
    }
  },
  /** From one half on it is a point. */
  HALF_UP("halfUp") {
    @Override
    boolean up(BigInteger whole, int twiceRestToDivisor, boolean rest) {
      return twiceRestToDivisor >= 0;
    }
  },
  /** Above one half it is a point; one half itself makes the points even. */
  HALF_EVEN("halfEven") {
    @Override
    boolean up(BigInteger whole, int twiceRestToDivisor, boolean rest) {
      return twiceRestToDivisor > 0 || (twiceRestToDivisor == 0 && whole.testBit(0));
    }
  },
  /** However small, it is a point. */
  CEILING("ceiling") {
    @Override
    boolean up(BigInteger whole, int twiceRestToDivisor, boolean rest) {
      return rest;
    }
  };

  private final String name;

  Rounding(String name) {
    this.name = name;
  }

  static Rounding named(String name) {
    for (Rounding rounding : values()) {
      if (rounding.name.equals(name)) {
        return rounding;
      }
    }
    throw new UnexpectedAnswerException("unknown rounding \"" + name + "\"");
  }

  /** Divides two numbers that are not negative. */
  BigInteger divide(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    boolean up = up(parts[0], parts[1].shiftLeft(1).compareTo(divisor), parts[1].signum() != 0);
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /**
   * Whether one point more than the whole ones is given.
   *
   * @param whole the whole points
   * @param twiceRestToDivisor below, equal to or above 0: the fraction against one half
   * @param rest whether there is a fraction at all
   */
  abstract boolean up(BigInteger whole, int twiceRestToDivisor, boolean rest);
}
