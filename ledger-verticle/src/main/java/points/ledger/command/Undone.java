package points.ledger.command;

import java.util.List;

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
}
