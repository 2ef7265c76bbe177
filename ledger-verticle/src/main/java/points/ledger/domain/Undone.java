package points.ledger.domain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an entry: its order was refunded, it was reversed, or it goes on elsewhere.
 * The entry itself never changes, and neither does an answer that is made of it.
 *
 * @param by the transaction ids of the entries that did it, oldest first
 */
public record Undone(How how, List<String> by) {

  /** How far it is undone. */
  public enum How {
    /** Nothing of its order is left. */
    REFUNDED,
    /** Part of its order has come back. */
    PARTLY_REFUNDED,
    REVERSED,
    /** What it earned was pending and never became effective. */
    CANCELLED,
    /** It stands with another member. */
    MOVED
  }

  /** Whether entries of this kind are undone at all. */
  public static boolean mayBe(Entry.Kind kind) {
    return Reversing.isReversible(kind) || Moving.isMovable(kind);
  }

  /**
   * What has become of an entry; null when it stands as it was written.
   *
   * @param history the entry, those that refer to it, and those of its order
   */
  public static @Nullable Undone of(Entry entry, History history) {
    Optional<Entry> reversal = history.reversalOf(entry);
    if (reversal.isPresent()) {
      return new Undone(How.REVERSED, List.of(reversal.get().transactionId()));
    }
    Optional<Entry> move = history.moveOf(entry);
    if (move.isPresent()) {
      return new Undone(How.MOVED, List.of(move.get().transactionId()));
    }
    if (entry.origin().orderId() != null && OrderPart.isSale(entry.kind())) {
      Order order = Order.of(history, entry);
      if (order.isRefunded()) {
        return new Undone(
            order.isWhollyRefunded() ? How.REFUNDED : How.PARTLY_REFUNDED,
            order.undoneBy().stream().map(Entry::transactionId).toList());
      }
    }
    return history
        .cancellationOf(entry)
        .map(it -> new Undone(How.CANCELLED, List.of(it.transactionId())))
        .orElse(null);
  }
}
