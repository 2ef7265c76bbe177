package points.load.model.book;

import java.util.Set;

/** Goods by their names: all that one of these names. */
record Goods(
    Set<String> products, Set<String> categories, Set<String> marginClasses, Set<String> tags) {
  static final Goods NONE = new Goods(Set.of(), Set.of(), Set.of(), Set.of());

  /** The number of a line that is not named. */
  static final int NOT_NAMED = 0;

  private static final int BY_CLASS = 1;
  private static final int BY_TAG = 2;
  private static final int BY_CATEGORY = 3; // and one more for each part of its path
  private static final int BY_PRODUCT = 1_000;

  boolean isEmpty() {
    return equals(NONE);
  }

  boolean names(BoughtLine line) {
    return nearness(line) != NOT_NAMED;
  }

  /** Returns a number that is the higher, the more exactly the line is named. */
  int nearness(BoughtLine line) {
    if (products.contains(line.productId())) {
      return BY_PRODUCT;
    }
    int longest = 0;
    for (String category : categories) {
      if (line.category().equals(category) || line.category().startsWith(category + "/")) {
        longest = Math.max(longest, category.split("/", -1).length);
      }
    }
    if (longest > 0) {
      return BY_CATEGORY + longest;
    }
    if (line.tags().stream().anyMatch(tags::contains)) {
      return BY_TAG;
    }
    return marginClasses.contains(line.marginClass()) ? BY_CLASS : NOT_NAMED;
  }
}
