package points.ledger.book;

import java.util.Set;

/** Some of the stores of a chain: all that one of these names, by their id or by a tag. */
public record Stores(Set<String> storeIds, Set<String> tags) {

  public static final Stores NONE = new Stores(Set.of(), Set.of());

  public boolean isEmpty() {
    return storeIds.isEmpty() && tags.isEmpty();
  }
}
