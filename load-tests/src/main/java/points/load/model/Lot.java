package points.load.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Points that expire together. In an entry they are signed as the entry is.
 *
 * @param expiresAt the first instant at which they are gone; {@link #NEVER} if they do not expire
 */
public record Lot(Instant expiresAt, long points) {
  /** The expiry of points that do not expire; PostgreSQL stores it as {@code infinity}. */
  public static final Instant NEVER = Instant.MAX;

  /** Takes the expiry as the API states it: empty for points that do not expire. */
  public Lot(Optional<Instant> expiresAt, long points) {
    this(expiresAt.orElse(NEVER), points);
  }

  /** Whether the points can still be spent at an instant. */
  public boolean openAt(Instant instant) {
    return expiresAt.isAfter(instant);
  }

  /** Whether points with an expiry, as the API states it, can still be spent at an instant. */
  public static boolean openAt(Optional<Instant> expiresAt, Instant instant) {
    return new Lot(expiresAt, 0).openAt(instant);
  }

  @Override
  public String toString() {
    return points + (expiresAt.equals(NEVER) ? " never expiring" : " expiring at " + expiresAt);
  }
}
