package points.load.model.book;

import java.util.Set;

/**
 * A line of an order, as rules see it.
 *
 * @param productId empty when the order came without lines; so are category and class if unknown
 * @param quantity units, 0 or more
 * @param amount paid for it, in minor units
 */
public record BoughtLine(
    String productId,
    String category,
    String marginClass,
    Set<String> tags,
    long quantity,
    long amount) {

  /** A line of which the till says no more than this. */
  public static BoughtLine of(String productId, String category, long quantity, long amount) {
    return new BoughtLine(productId, category, "", Set.of(), quantity, amount);
  }

  /** The one line of an order that came without lines. */
  public static BoughtLine unnamed(long amount) {
    return of("", "", 1, amount);
  }
}
