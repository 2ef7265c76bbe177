package points.ledger.award;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * An order, as a rule book sees it.
 *
 * @param occurredAt when it was paid
 * @param zone of the store, in which days and hours are reckoned
 * @param initialAmount all lines as they were sold, before coupons and other payments, in minor
 *     units
 * @param lines 1 or more; an order without lines is one line
 */
public record OrderFacts(
    Instant occurredAt,
    ZoneId zone,
    String storeId,
    Set<String> storeTags,
    String channel,
    long initialAmount,
    List<LineFacts> lines) {

  public OrderFacts {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("an order has at least one line");
    }
  }
}
