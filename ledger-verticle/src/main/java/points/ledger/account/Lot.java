package points.ledger.account;

import java.time.Instant;

/**
 * Points that expire together.
 *
 * @param expiresAt first instant at which they can no longer be spent, or {@link #NEVER}
 * @param points in a state always positive; in an entry signed like the entry
 */
public record Lot(Instant expiresAt, long points) {

  /** The expiry of points that never expire; sorts after every other. */
  public static final Instant NEVER = Instant.MAX;

  /** Returns whether these points can no longer be spent at {@code now}. */
  public boolean hasExpiredBy(Instant now) {
    return !now.isBefore(expiresAt);
  }

  public Lot negated() {
    return new Lot(expiresAt, -points);
  }
}
