package points.load.model;

import java.time.Instant;

/**
 * Points that expire together; of an entry, signed as the entry is.
 *
 * @param expiresAt {@link #NEVER} for those that do not
 */
public record Lot(Instant expiresAt, long points) {
  /** How PostgreSQL has {@code infinity}. */
  public static final Instant NEVER = Instant.MAX;

  @Override
  public String toString() {
    return points + (expiresAt.equals(NEVER) ? " for ever" : " until " + expiresAt);
  }
}
