package points.ledger.order;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.command.EntryHistory;
import points.ledger.command.Undone;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.OrderPart;

/** Finds out how far an entry was undone, from the entries that came after it. */
public final class Undoing {

  private Undoing() {}

  /** Returns whether entries of this kind can be undone at all. */
  public static boolean mayBe(Entry.Kind kind) {
    return kind.is(EntryTrait.REVERSIBLE) || kind.is(EntryTrait.MOVABLE);
  }

  /**
   * Returns how an entry was undone; null when it stands as it was written.
   *
   * @param history the entry, those that refer to it, and those of its order
   */
  public static @Nullable Undone of(Entry entry, EntryHistory history) {
    Optional<Entry> reversal = history.reversalOf(entry);
    if (reversal.isPresent()) {
      return new Undone(Undone.How.REVERSED, List.of(reversal.get().transactionId()));
    }
    Optional<Entry> move = history.moveOf(entry);
    if (move.isPresent()) {
      return new Undone(Undone.How.MOVED, List.of(move.get().transactionId()));
    }
    if (entry.origin().orderId() != null && OrderPart.isSale(entry.kind())) {
      RefundableOrder order = RefundableOrder.of(history, entry);
      if (order.isRefunded()) {
        return new Undone(
            order.isWhollyRefunded() ? Undone.How.REFUNDED : Undone.How.PARTLY_REFUNDED,
            order.undoneBy().stream().map(Entry::transactionId).toList());
      }
    }
    return history
        .cancellationOf(entry)
        .map(it -> new Undone(Undone.How.CANCELLED, List.of(it.transactionId())))
        .orElse(null);
  }
}
