package points.load.model;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one entry set aside and still is.
 *
 * @param sequence of that entry
 * @param endsAt null when that waits for an event
 * @param lots by account, none empty
 */
public record Reservation(
    long sequence,
    Movement.Place place,
    @Nullable Instant endsAt,
    @Nullable String storeId,
    @Nullable String orderId,
    SortedMap<String, List<Lot>> lots) {

  /** How much of an account. */
  public long of(String account) {
    return lots.getOrDefault(account, List.of()).stream().mapToLong(Lot::points).sum();
  }

  /** Whether it is over by then. */
  public boolean hasEndedBy(Instant time) {
    return endsAt != null && !endsAt.isAfter(time);
  }
}
