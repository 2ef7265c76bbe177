package points.load.model.book;

import java.util.Set;

/** Stores by their ids and tags: all that one of these names. */
record Stores(Set<String> storeIds, Set<String> tags) {
  static final Stores NONE = new Stores(Set.of(), Set.of());

  boolean isEmpty() {
    return equals(NONE);
  }

  boolean name(BoughtOrder order) {
    return storeIds.contains(order.storeId())
        || order.storeTags().stream().anyMatch(tags::contains);
  }
}
