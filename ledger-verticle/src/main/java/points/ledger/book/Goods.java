package points.ledger.book;

import java.util.Set;

/**
 * Some of the goods of a chain: all that one of these names.
 *
 * @param products by their id
 * @param categories by their path; {@code food} also names {@code food/milk}
 */
public record Goods(
    Set<String> products, Set<String> categories, Set<String> marginClasses, Set<String> tags) {

  public static final Goods NONE = new Goods(Set.of(), Set.of(), Set.of(), Set.of());

  public boolean isEmpty() {
    return products.isEmpty() && categories.isEmpty() && marginClasses.isEmpty() && tags.isEmpty();
  }
}
