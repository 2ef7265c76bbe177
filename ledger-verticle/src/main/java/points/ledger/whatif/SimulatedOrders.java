package points.ledger.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Detail;
import points.ledger.model.Entry;

/** The orders that come back in the period, whole or in part, as they would have been. */
final class SimulatedOrders {

  /** An order, with its entries as they would have been, in their order. */
  static final class SimulatedOrder {
    private final HistoryQuery query;
    private final List<Entry> entries = new ArrayList<>(3);

    /** Points that it has earned and that have not been taken back. */
    long left;

    private SimulatedOrder(HistoryQuery query) {
      this.query = query;
    }

    EntryHistory history() {
      return new EntryHistory(query, Long.MAX_VALUE, List.copyOf(entries), List.of());
    }

    @Nullable Entry find(String transactionId) {
      return entries.stream()
          .filter(it -> it.transactionId().equals(transactionId))
          .findFirst()
          .orElse(null);
    }
  }

  private final Undone undone;
  private final Map<String, SimulatedOrder> byOrder = new HashMap<>();
  private final Map<String, SimulatedOrder> byEntry = new HashMap<>();

  /**
   * @param undone the orders and entries of which something comes back; others are not kept
   */
  SimulatedOrders(Undone undone) {
    this.undone = undone;
  }

  private static String nameOf(Entry entry) {
    return entry.origin().storeId() + " " + entry.origin().orderId();
  }

  /** Keeps a sale, if some of it comes back. */
  void keep(Entry sale, long points) {
    if (undone.hasOrder(sale) || undone.hasEntry(sale.transactionId())) {
      String name = sale.origin().orderId() == null ? sale.transactionId() : nameOf(sale);
      SimulatedOrder order =
          byOrder.computeIfAbsent(
              name,
              key ->
                  new SimulatedOrder(
                      new HistoryQuery.OfOrder(
                          sale.member().programId(),
                          String.valueOf(sale.origin().storeId()),
                          String.valueOf(sale.origin().orderId()))));
      order.left += points;
      add(order, sale);
    }
  }

  /** Keeps another entry of an order. */
  void add(SimulatedOrder order, Entry entry) {
    order.entries.add(entry);
    byEntry.put(entry.transactionId(), order);
  }

  /** Returns the order that an entry is of or refers to; null when none such was decided again. */
  @Nullable SimulatedOrder of(Entry entry) {
    SimulatedOrder found = entry.origin().orderId() == null ? null : byOrder.get(nameOf(entry));
    String refersTo =
        entry.detail() instanceof Detail.MovedSale moved ? moved.of() : entry.refersToId();
    return found != null || refersTo == null ? found : byEntry.get(refersTo);
  }
}
