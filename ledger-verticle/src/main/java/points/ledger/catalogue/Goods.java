package points.ledger.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a product by which rule books rate it. */
record Goods(@Nullable String category, @Nullable String marginClass, Set<String> tags) {

  Goods {
    tags = Set.copyOf(tags);
  }
}
