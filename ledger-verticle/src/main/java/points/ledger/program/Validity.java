package points.ledger.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import points.ledger.account.Lot;

/**
 * The time for which points stay spendable. Every kind ends at the start of a local day,
 * exclusively, so all points that a member earns on one day under one rule expire together.
 */
public sealed interface Validity {

  /**
   * The first instant at which the points can no longer be spent.
   *
   * @param earnedAt when the points were earned
   * @param zone the program's time zone
   * @return that instant, or {@link Lot#NEVER}
   */
  Instant expiryOf(Instant earnedAt, ZoneId zone);

  /** Points that never expire. */
  record Never() implements Validity {
    @Override
    public Instant expiryOf(Instant earnedAt, ZoneId zone) {
      return Lot.NEVER;
    }
  }

  /**
   * Points that are good through the same day {@code period} later.
   *
   * <p>Earned on 31 January for one month, they are good through 28 (or 29) February.
   *
   * @param period months (1 to 120) or days (1 to 3650), not both
   */
  record Rolling(Period period) implements Validity {
    @SuppressWarnings("JavaPeriodGetDays") // days and months are looked at apart, on purpose
    public Rolling {
      long months = period.toTotalMonths();
      boolean byMonths = period.getDays() == 0 && months >= 1 && months <= 120;
      boolean byDays = months == 0 && period.getDays() >= 1 && period.getDays() <= 3650;
      if (!byMonths && !byDays) {
        throw new IllegalArgumentException("period must be P1M to P120M or P1D to P3650D");
      }
    }

    @Override
    public Instant expiryOf(Instant earnedAt, ZoneId zone) {
      return dayAfter(LocalDate.ofInstant(earnedAt, zone).plus(period), zone);
    }
  }

  /**
   * Points that are good through the end of a calendar unit.
   *
   * @param unit the calendar unit
   * @param after how many units later; 0 is the unit in which the points were earned, at most 10
   */
  record EndOf(CalendarUnit unit, int after) implements Validity {
    public EndOf {
      if (after < 0 || after > 10) {
        throw new IllegalArgumentException("after must be 0 to 10, not " + after);
      }
    }

    @Override
    public Instant expiryOf(Instant earnedAt, ZoneId zone) {
      LocalDate start = unit.startOf(LocalDate.ofInstant(earnedAt, zone));
      return start.plusMonths((long) unit.months() * (after + 1)).atStartOfDay(zone).toInstant();
    }
  }

  /** A calendar unit at whose end points may expire. */
  enum CalendarUnit {
    MONTH(1),
    QUARTER(3),
    YEAR(12);

    private final int months;

    CalendarUnit(int months) {
      this.months = months;
    }

    int months() {
      return months;
    }

    LocalDate startOf(LocalDate day) {
      int firstMonth = (day.getMonthValue() - 1) / months * months + 1;
      return LocalDate.of(day.getYear(), firstMonth, 1);
    }
  }

  private static Instant dayAfter(LocalDate lastGoodDay, ZoneId zone) {
    return lastGoodDay.plusDays(1).atStartOfDay(zone).toInstant();
  }
}
