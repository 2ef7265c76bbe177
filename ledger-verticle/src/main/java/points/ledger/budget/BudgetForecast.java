package points.ledger.budget;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The course of a budget at the pace of its last days. The pace is their mean, which knows no
 * weekends and no promotion day to come.
 *
 * @param points that counted against the limit in these days
 * @param days whole days before today, 1 to {@link #DAYS_MAX}
 * @param endsAt when nothing is left; null when the campaign ends before, or nothing is issued
 * @param usedAtEnd points that count against the limit when it ends, or its campaign does; null
 *     when neither is in sight
 */
public record BudgetForecast(
    long points, int days, @Nullable Instant endsAt, @Nullable Long usedAtEnd) {

  /** The days whose mean it is. */
  public static final int DAYS_MAX = 7;

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  /** Instants further away are not in sight. */
  private static final Duration SIGHT = Duration.ofDays(3_650);

  /**
   * Forecasts.
   *
   * @param limit null of a budget of each store, whose stores end one by one
   * @param used points that count against the limit now
   * @param points that counted in the last days; below 0 when more came back
   * @param runsUntil the end of the campaign
   */
  public static BudgetForecast of(
      @Nullable Long limit, long used, long points, int days, Instant runsUntil, Instant now) {
    Instant ends = limit == null ? null : endsAt(limit - used, points, days, now);
    if (ends != null && !ends.isAfter(runsUntil)) {
      return new BudgetForecast(points, days, ends, limit);
    }
    boolean isInSight = runsUntil.isBefore(now.plus(SIGHT));
    return new BudgetForecast(
        points, days, null, isInSight ? usedAt(limit, used, points, days, runsUntil, now) : null);
  }

  private static @Nullable Instant endsAt(long left, long points, int days, Instant now) {
    if (left <= 0 || points <= 0) {
      return null;
    }
    BigInteger seconds =
        BigInteger.valueOf(left)
            .multiply(BigInteger.valueOf(days * DAY_SECONDS))
            .divide(BigInteger.valueOf(points));
    return seconds.compareTo(BigInteger.valueOf(SIGHT.toSeconds())) > 0
        ? null
        : now.plusSeconds(seconds.longValueExact());
  }

  private static long usedAt(
      @Nullable Long limit, long used, long points, int days, Instant runsUntil, Instant now) {
    long seconds = Math.max(0, Duration.between(now, runsUntil).toSeconds());
    BigInteger more =
        BigInteger.valueOf(Math.max(0, points))
            .multiply(BigInteger.valueOf(seconds))
            .divide(BigInteger.valueOf(days * DAY_SECONDS));
    BigInteger all = BigInteger.valueOf(used).add(more);
    BigInteger most = BigInteger.valueOf(limit == null ? Long.MAX_VALUE : Math.max(limit, used));
    return all.min(most).longValueExact();
  }
}
