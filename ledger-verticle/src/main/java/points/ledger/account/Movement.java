package points.ledger.account;

import java.time.Instant;

/**
 * One change of one place of a member's accounts.
 *
 * <p>A state is the sum of all movements. An audit adds up the movements of a member's entries and
 * compares the sum with the state.
 *
 * @param account its name, see {@link Accounts}
 * @param reserve in {@link Place#HELD} and {@link Place#PENDING} the sequence of the entry that set
 *     the points aside; else 0
 * @param expiresAt of the lot; {@link Lot#NEVER} in {@link Place#DEBT}
 * @param points signed, never 0; of stored value, minor units of the program's currency
 */
public record Movement(String account, Place place, long reserve, Instant expiresAt, long points) {

  /** The place of points in an account. */
  public enum Place {
    /** They can be spent. */
    AVAILABLE,
    /** They are reserved for a purchase that is under way. */
    HELD,
    /** They are earned and cannot be spent yet. */
    PENDING,
    /** They are owed: more of them is less for the member. */
    DEBT
  }

  public static Movement available(String account, Lot lot) {
    return new Movement(account, Place.AVAILABLE, 0, lot.expiresAt(), lot.points());
  }

  public static Movement setAside(String account, Place place, long reserve, Lot lot) {
    return new Movement(account, place, reserve, lot.expiresAt(), lot.points());
  }

  public static Movement debt(String account, long points) {
    return new Movement(account, Place.DEBT, 0, Lot.NEVER, points);
  }

  /** Returns whether points come in that have expired by then. */
  public boolean comesExpired(Instant at) {
    return points > 0 && lot().hasExpiredBy(at);
  }

  public boolean isIn(String otherAccount, Place otherPlace) {
    return place == otherPlace && account.equals(otherAccount);
  }

  /** Returns whether points of the first currency come or go, which is the common case. */
  public boolean isPlain() {
    return place == Place.AVAILABLE && account.equals(Accounts.POINTS);
  }

  public Lot lot() {
    return new Lot(expiresAt, points);
  }

  /** The movement that undoes this one. */
  public Movement negated() {
    return new Movement(account, place, reserve, expiresAt, -points);
  }

  /** Returns the change of the member's points, in whatever place. */
  public long worth() {
    return place == Place.DEBT ? -points : points;
  }
}
