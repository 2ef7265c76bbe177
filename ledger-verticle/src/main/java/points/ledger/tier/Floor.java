package points.ledger.tier;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A level that a member has at least, for a time: given by hand, or bought.
 *
 * @param level the id of the level
 * @param since when it began; with the level its name among the floors of a member
 * @param until its end; null for none
 * @param ended whether an entry says that it has ended
 */
public record Floor(String level, Instant since, @Nullable Instant until, boolean ended) {

  /** The latest end that a floor may have. */
  public static final Instant UNTIL_MAX = Instant.parse("2200-01-01T00:00:00Z");

  /** A floor that has not ended. */
  public Floor(String level, Instant since, @Nullable Instant until) {
    this(level, since, until, false);
  }

  /** Returns whether the member has at least this level at an instant. */
  public boolean holdsAt(Instant instant) {
    return !since.isAfter(instant) && (until == null || until.isAfter(instant));
  }

  /** Returns whether it can be prolonged. */
  public boolean hasLaterEnd() {
    return until != null && until.isBefore(UNTIL_MAX);
  }

  /** Returns the same with its end at an instant, which an entry says. */
  public Floor endedAt(Instant end) {
    return new Floor(level, since, end, true);
  }

  boolean isOfName(Floor other) {
    return level.equals(other.level) && since.equals(other.since);
  }
}
