package points.ledger.tier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The amounts of a member that tiers look at, in one calendar month; in an entry, their change.
 *
 * @param month months since the year 0
 * @param growth points of growth
 * @param visits orders
 * @param spend minor units
 */
public record Measured(int month, long growth, long visits, long spend) {

  /** Returns the month that an instant is in. */
  public static int monthOf(Instant instant, ZoneId zone) {
    return monthOf(LocalDate.ofInstant(instant, zone));
  }

  static int monthOf(LocalDate day) {
    return day.getYear() * 12 + day.getMonthValue() - 1;
  }

  /** Returns the same with all signs turned. */
  public Measured negated() {
    return new Measured(month, -growth, -visits, -spend);
  }

  boolean isNone() {
    return growth == 0 && visits == 0 && spend == 0;
  }

  /**
   * Returns the sum of both, no part of it below 0: what has been dropped comes back as nothing.
   */
  Measured plus(Measured more) {
    return new Measured(
        month,
        Math.max(0, growth + more.growth),
        Math.max(0, visits + more.visits),
        Math.max(0, spend + more.spend));
  }
}
