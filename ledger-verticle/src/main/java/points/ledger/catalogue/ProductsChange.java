package points.ledger.catalogue;

/** The result of putting products into a catalogue. */
public sealed interface ProductsChange {

  /**
   * The products are as the caller wants them.
   *
   * @param created were not there before
   * @param changed were there, and differed
   * @param unchanged were there, and the same
   */
  record Done(int created, int changed, int unchanged) implements ProductsChange {}

  /** The product is not as the caller has read it; nothing was changed. */
  record Outdated() implements ProductsChange {}

  /** The program would have more products than it may; nothing was changed. */
  record TooMany() implements ProductsChange {}
}
