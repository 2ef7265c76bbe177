package points.ledger.book;

import points.ledger.rules.Rounding;

/**
 * The one rounding of an order's exact points.
 *
 * @param mode to a whole number
 * @param carry whether the member keeps the remainder, which counts with its next order; only with
 *     {@link Rounding#FLOOR}
 */
public record BookRounding(Rounding mode, boolean carry) {
  public BookRounding {
    if (carry && mode != Rounding.FLOOR) {
      throw new IllegalArgumentException("a remainder is carried only when rounding down");
    }
  }
}
