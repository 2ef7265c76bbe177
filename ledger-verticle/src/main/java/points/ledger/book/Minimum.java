package points.ledger.book;

/**
 * The least amount of an order.
 *
 * @param amount minor units; 0 for none
 */
public record Minimum(long amount, Measured measured) {

  public static final Minimum NONE = new Minimum(0, Measured.CURRENT);

  /** The amount that is looked at. */
  public enum Measured {
    /** All lines as they were sold, before coupons and other payments. */
    INITIAL,
    /** The lines that earn, by the amounts for which they earn. */
    CURRENT,
    /** Of those, the lines that the promotion counts for. */
    GOODS
  }
}
