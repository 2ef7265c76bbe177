package points.ledger.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;

/**
 * Points that one entry set aside: held for a purchase, or pending.
 *
 * <p>Their lots keep their expiry, and do not expire while they are set aside.
 *
 * @param sequence the number of the entry that set them aside, by which commands name them
 * @param place {@link Place#HELD} or {@link Place#PENDING}
 * @param endsAt the instant from which on they are available: a hold is released, pending points
 *     become effective; null when an event ends it
 * @param storeId the store that set them aside
 * @param orderId the order that they are for
 * @param lots the lots by account; no account without lots
 */
public record Reservation(
    long sequence,
    Place place,
    @Nullable Instant endsAt,
    @Nullable String storeId,
    @Nullable String orderId,
    SortedMap<String, Lots> lots) {

  /** Takes over what was stored. */
  public static Reservation of(
      long sequence,
      Place place,
      @Nullable Instant endsAt,
      @Nullable String storeId,
      @Nullable String orderId,
      Map<String, Lots> lots) {
    return new Reservation(
        sequence,
        place,
        endsAt,
        storeId,
        orderId,
        Collections.unmodifiableSortedMap(new TreeMap<>(lots)));
  }

  public static Reservation empty(
      long sequence, Place place, @Nullable Instant endsAt, Origin origin) {
    return of(sequence, place, endsAt, origin.storeId(), origin.orderId(), Map.of());
  }

  public boolean isPendingFor(Origin order) {
    return place == Place.PENDING
        && order.isSameOrder(new Origin(storeId, null, orderId, null, null));
  }

  public Lots of(String account) {
    return lots.getOrDefault(account, Lots.NONE);
  }

  public boolean hasEndedBy(Instant now) {
    return endsAt != null && !now.isBefore(endsAt);
  }

  boolean isEmpty() {
    return lots.isEmpty();
  }

  Reservation plus(Movement movement) {
    var changed = new TreeMap<>(lots);
    Lots left = of(movement.account()).changed(movement.lot());
    if (left.total() == 0) {
      changed.remove(movement.account());
    } else {
      changed.put(movement.account(), left);
    }
    return of(sequence, place, endsAt, storeId, orderId, changed);
  }
}
