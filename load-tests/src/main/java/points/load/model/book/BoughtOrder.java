package points.load.model.book;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * An order, as rules see it.
 *
 * @param zone of its store
 * @param amount of all lines as they were sold, in minor units
 * @param lines at least one
 */
public record BoughtOrder(
    Instant occurredAt,
    ZoneId zone,
    String storeId,
    Set<String> storeTags,
    String channel,
    long amount,
    List<BoughtLine> lines) {

  /** An order through a till, in a store without tags. */
  public static BoughtOrder atTill(
      Instant occurredAt, ZoneId zone, String storeId, List<BoughtLine> lines) {
    long amount = lines.stream().mapToLong(BoughtLine::amount).reduce(0, Math::addExact);
    return new BoughtOrder(occurredAt, zone, storeId, Set.of(), "till", amount, lines);
  }

  /** The day on which it was paid, where it was paid. */
  public LocalDate day() {
    return LocalDate.ofInstant(occurredAt, zone);
  }
}
