package points.ledger.commit;

import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.model.Entry;

/**
 * The key by which an entry of an order is unique.
 *
 * <p>There is one entry of each kind for an order of a store.
 *
 * @param part distinguishes several of a kind; empty where there is but one
 */
public record OrderKey(
    String programId, String storeId, String orderId, Entry.Kind kind, String part) {

  /** The command's order; null when it has none. */
  public static @Nullable OrderKey of(Command command) {
    String storeId = command.origin().storeId();
    String orderId = command.origin().orderId();
    return storeId == null || orderId == null
        ? null
        : new OrderKey(
            command.member().programId(), storeId, orderId, command.kind(), command.part());
  }
}
