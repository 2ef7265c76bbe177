package points.ledger.engine;

import org.jspecify.annotations.Nullable;

/** Paths of categories, such as {@code food/milk}. */
final class Categories {

  private Categories() {}

  /** Returns the category that holds another; null when it is one of the highest. */
  static @Nullable String parentOf(String path) {
    int end = path.lastIndexOf('/');
    return end < 0 ? null : path.substring(0, end);
  }
}
