package points.load.model;

import java.time.Instant;

/**
 * One change of one place of a member's account.
 *
 * @param reservation the sequence of the entry that reserved the points; 0 where they are not
 *     reserved, {@link #UNKNOWN_RESERVATION} where the gateway does not state it
 * @param points signed; of stored value, minor units
 */
public record Movement(
    String account, Place place, long reservation, Instant expiresAt, long points) {
  /** The account that every member has. */
  public static final String POINTS = "points";

  /** The account of money that was paid in. */
  public static final String STORED_VALUE = "storedValue";

  /** The reservation of a movement of which the gateway states only the place. */
  public static final long UNKNOWN_RESERVATION = -1;

  /** The places in which points are. */
  public enum Place {
    AVAILABLE,
    HELD,
    PENDING,
    DEBT
  }

  /** A change of points that can be spent. */
  public static Movement ofAvailable(Lot lot) {
    return new Movement(POINTS, Place.AVAILABLE, 0, lot.expiresAt(), lot.points());
  }

  /** The change of the member's total, in which a debt counts negative. */
  public long worth() {
    return place == Place.DEBT ? -points : points;
  }

  boolean isOf(String some, Place one) {
    return account.equals(some) && place == one;
  }
}
