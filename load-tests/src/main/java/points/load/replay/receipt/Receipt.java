package points.load.replay.receipt;

import java.time.OffsetDateTime;
import java.util.List;
import points.load.model.Entry.Order;

/**
 * A receipt as a till printed it.
 *
 * @param receiptId unique in the file; the order's number towards the gateway
 * @param soldAt to the second, with the offset of the till's clock
 * @param lines at least one
 */
public record Receipt(
    String receiptId, String memberId, String storeId, OffsetDateTime soldAt, List<Line> lines) {

  /**
   * One product on it.
   *
   * @param category blank when unknown
   * @param quantity pieces, or thousandths of a measure
   * @param amount the price paid for the line, in minor units, 0 or more
   */
  public record Line(String productId, String category, long quantity, long amount) {}

  public Receipt {
    lines = List.copyOf(lines);
  }

  /** Returns the price paid for all lines, in minor units. */
  public long amount() {
    return lines.stream().mapToLong(Line::amount).reduce(0, Math::addExact);
  }

  public Order order() {
    return new Order(storeId, receiptId);
  }

  /** The id by which the gateway knows the line at that place, counted from 0. */
  public static String lineId(int place) {
    return Integer.toString(place + 1);
  }
}
