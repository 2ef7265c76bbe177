package points.ledger.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product of a chain, as its stock system names it.
 *
 * @param category its path, such as {@code food/milk}
 * @param marginClass the chain's own name for goods that earn alike
 * @param tags in alphabetical order, none twice
 * @param price minor units of the program's currency
 * @param active whether it is sold; orders that name it count in either case
 */
public record Product(
    String productId,
    String name,
    @Nullable String category,
    @Nullable String marginClass,
    List<String> tags,
    @Nullable Long price,
    boolean active) {

  public Product {
    tags = tags.stream().sorted().distinct().toList();
  }
}
