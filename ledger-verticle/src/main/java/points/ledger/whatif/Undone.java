package points.ledger.whatif;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Entry;

/** The orders and entries of which something comes back or moves in the period. */
public final class Undone {

  private final Set<String> orders = new HashSet<>();
  private final Set<String> entries = new HashSet<>();

  /** Adds an order of a store. */
  public void addOrder(String storeId, String orderId) {
    orders.add(storeId + " " + orderId);
  }

  /** Adds an entry. */
  public void addEntry(String transactionId) {
    entries.add(transactionId);
  }

  public int size() {
    return orders.size() + entries.size();
  }

  boolean hasOrder(Entry sale) {
    @Nullable String orderId = sale.origin().orderId();
    return orderId != null && orders.contains(sale.origin().storeId() + " " + orderId);
  }

  boolean hasEntry(String transactionId) {
    return entries.contains(transactionId);
  }
}
