package points.ledger.book;

import points.ledger.rules.Fraction;

/** The points that a promotion gives. */
public sealed interface Effect {

  /**
   * A multiple of what the lines earn by ratio and tier, never of bonuses.
   *
   * @param factor more than 1; with 2, the promotion gives once more what the lines earn
   */
  record Multiply(Fraction factor) implements Effect {}

  /**
   * Points for each unit that is bought.
   *
   * @param points 1 or more
   * @param unitsMax units of an order that count, the first lines first
   */
  record PerUnit(long points, long unitsMax) implements Effect {}

  /**
   * Points for an order, shared by the lines that the promotion names.
   *
   * @param points 1 or more
   */
  record Fixed(long points) implements Effect {}
}
