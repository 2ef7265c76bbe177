package points.ledger.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of an order.
 *
 * @param lineId unique in the order
 * @param category of the order, or else of the catalogue
 * @param quantity units, 0 or more; what a unit is, is the caller's affair
 * @param amount minor units of the currency, 0 or more
 * @param marginClass of the catalogue, when the order was taken
 * @param tags of the catalogue, when the order was taken
 */
public record Line(
    String lineId,
    String productId,
    @Nullable String category,
    long quantity,
    long amount,
    @Nullable String marginClass,
    Set<String> tags) {

  public Line {
    tags = Set.copyOf(tags);
  }

  /** A line of which the catalogue says nothing. */
  public Line(
      String lineId, String productId, @Nullable String category, long quantity, long amount) {
    this(lineId, productId, category, quantity, amount, null, Set.of());
  }

  /** Adds the parts that the caller gives; what the catalogue says is none of them. */
  public void addTo(Fingerprint print) {
    print.and(lineId).and(productId).and(category).and(quantity).and(amount);
  }
}
