package points.load.model;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Points and stored value that one entry reserved, held or pending, and that are still open.
 *
 * @param sequence of that entry
 * @param endsAt when it ends by itself; null when it waits for a call
 * @param lots by account, none empty
 */
public record Reservation(
    long sequence,
    Movement.Place place,
    @Nullable Instant endsAt,
    @Nullable String storeId,
    @Nullable String orderId,
    SortedMap<String, List<Lot>> lots) {

  /** The reserved sum of an account. */
  public long of(String account) {
    return lots.getOrDefault(account, List.of()).stream().mapToLong(Lot::points).sum();
  }

  /** Whether it has ended by itself at that time. */
  public boolean hasEndedBy(Instant time) {
    return endsAt != null && !endsAt.isAfter(time);
  }
}
