package points.ledger.rules;

import java.math.RoundingMode;

/** The rounding of an order's points, a fraction at first, to a whole number; once per order. */
public enum Rounding {
  FLOOR(RoundingMode.FLOOR),
  HALF_UP(RoundingMode.HALF_UP),
  HALF_EVEN(RoundingMode.HALF_EVEN),
  CEILING(RoundingMode.CEILING);

  private final RoundingMode mode;

  Rounding(RoundingMode mode) {
    this.mode = mode;
  }

  public RoundingMode mode() {
    return mode;
  }
}
