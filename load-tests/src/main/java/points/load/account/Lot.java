package points.load.account;

import java.time.Instant;
import java.util.Optional;
import points.load.http.Fields;

/**
 * Points that expire together.
 *
 * @param expiresAt the first instant at which they are gone; empty when they never expire
 * @param points how many; in an entry signed as the entry is
 */
public record Lot(Optional<Instant> expiresAt, long points) {
  static Lot read(Fields json) {
    return new Lot(json.optionalInstant("expiresAt"), json.integer("points"));
  }

  /** Whether the points can still be spent at that instant. */
  public boolean openAt(Instant instant) {
    return openAt(expiresAt, instant);
  }

  /** Whether points with that expiry can still be spent at that instant. */
  public static boolean openAt(Optional<Instant> expiresAt, Instant instant) {
    return expiresAt.map(end -> end.isAfter(instant)).orElse(true);
  }
}
