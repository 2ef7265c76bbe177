package points.ledger.catalogue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import points.ledger.command.StoreFacts;

/**
 * The catalogue of a program in memory, as far as this node has read it. Any thread looks things
 * up; one reading at a time adds to it.
 */
final class ProgramCatalogue {

  /** The place of a row among the changes; rows of one version are in the order of their ids. */
  record Place(long version, String id) {
    static final Place BEGINNING = new Place(0, "");
  }

  private final Map<String, Goods> goods = new ConcurrentHashMap<>();
  private final Map<String, StoreFacts> stores = new ConcurrentHashMap<>();
  private Place productsRead = Place.BEGINNING;
  private Place storesRead = Place.BEGINNING;
  private long version;

  @Nullable Goods goods(String productId) {
    return goods.get(productId);
  }

  /** The set-up of a store; null when it has none. */
  @Nullable StoreFacts store(String storeId) {
    return stores.get(storeId);
  }

  /** Returns the place after which the next reading begins. */
  Place productsRead() {
    return productsRead;
  }

  Place storesRead() {
    return storesRead;
  }

  /** The version that was read to its end. */
  long version() {
    return version;
  }

  void put(Place place, Goods product) {
    goods.put(place.id(), product);
    productsRead = place;
  }

  void put(Place place, StoreFacts store) {
    if (store.tags().isEmpty() && store.timeZone() == null) {
      stores.remove(place.id());
    } else {
      stores.put(place.id(), store);
    }
    storesRead = place;
  }

  void readTo(long newest) {
    version = newest;
  }
}
