package points.load.model;

import java.time.Instant;

/**
 * One change of one place of a member's accounts.
 *
 * @param reserve the sequence of the entry that set the points aside; 0 where they are not
 * @param points signed; of stored value, minor units
 */
public record Movement(String account, Place place, long reserve, Instant expiresAt, long points) {
  /** The account that every member has. */
  public static final String POINTS = "points";

  /** Money that was paid in. */
  public static final String STORED_VALUE = "storedValue";

  /** Where points are. */
  public enum Place {
    AVAILABLE,
    HELD,
    PENDING,
    DEBT
  }

  public static Movement plain(Lot lot) {
    return new Movement(POINTS, Place.AVAILABLE, 0, lot.expiresAt(), lot.points());
  }

  /** What the member has more by it: a debt that grows is less. */
  public long worth() {
    return place == Place.DEBT ? -points : points;
  }

  boolean isPlain() {
    return place == Place.AVAILABLE && account.equals(POINTS);
  }
}
