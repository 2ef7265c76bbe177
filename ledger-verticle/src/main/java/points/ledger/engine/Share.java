package points.ledger.engine;

import points.ledger.rules.Fraction;

/**
 * The exact points that one rule gives for one line.
 *
 * @param stage when the rule is applied; equal for all rules of which a line has one
 * @param rule its number in the book
 */
record Share(int stage, int rule, int line, Fraction exact) {

  /** Of ratios and brackets. */
  static final int RATIO = 0;

  /** Of the factor of the member's tier. */
  static final int TIER = 1;

  /** Of the first promotion that is applied; the others follow. */
  static final int PROMOTIONS = 2;
}
