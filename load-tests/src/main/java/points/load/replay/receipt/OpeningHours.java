package points.load.replay.receipt;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Random;

/**
 * The hours of sales of the made chain: 7 to 23 o'clock, with a peak at noon.
 *
 * <p>There is a higher peak after work, and half as much again on Saturdays and Sundays.
 */
final class OpeningHours {
  private static final int OPENS_SECOND = 7 * 3600;
  private static final int CLOSES_SECOND = 23 * 3600;
  private static final double WEEKDAY_WEIGHT = 1 / 1.5;

  private final LocalDate first;

  OpeningHours(ChainPlan plan) {
    this.first = plan.until().minusDays(ChainPlan.DAYS);
  }

  /** The time of a sale. */
  OffsetDateTime next(Random random) {
    LocalDate day = day(random);
    return day.atStartOfDay(ChainPlan.ZONE).plusSeconds(second(random)).toOffsetDateTime();
  }

  /** Throws some of the weekdays back. */
  private LocalDate day(Random random) {
    while (true) {
      LocalDate day = first.plusDays(random.nextInt(ChainPlan.DAYS));
      boolean weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (weekend || random.nextDouble() < WEEKDAY_WEIGHT) {
        return day;
      }
    }
  }

  private static int second(Random random) {
    while (true) {
      double kind = random.nextDouble();
      double hour;
      if (kind < 0.45) {
        hour = 18.25 + 1.25 * random.nextGaussian();
      } else if (kind < 0.75) {
        hour = 12.25 + random.nextGaussian();
      } else {
        hour = 8 + 14 * random.nextDouble();
      }
      int second = (int) (hour * 3600);
      if (second >= OPENS_SECOND && second < CLOSES_SECOND) {
        return second;
      }
    }
  }
}
