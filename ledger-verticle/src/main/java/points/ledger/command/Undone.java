package points.ledger.command;

import java.util.List;

/**
 * The way in which an entry was undone: its order was refunded, it was reversed, or it was moved.
 * The entry itself never changes, and neither does an answer that is made of it.
 *
 * @param by the transaction ids of the entries that did it, oldest first
 */
public record Undone(How how, List<String> by) {

  /** The kind and extent of undoing. */
  public enum How {
    /** Nothing of its order is left. */
    REFUNDED,
    /** Part of its order has come back. */
    PARTLY_REFUNDED,
    REVERSED,
    /** The points that it earned were pending and never became effective. */
    CANCELLED,
    /** It stands with another member. */
    MOVED
  }
}
