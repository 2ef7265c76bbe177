package points.ledger.book;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;

/**
 * The most that may be given.
 *
 * @param perOrder {@link Long#MAX_VALUE} for no cap
 * @param perMember by the period in which a member's orders are counted together
 */
public record Caps(long perOrder, Map<Period, Long> perMember) {

  public static final Caps NONE = new Caps(Long.MAX_VALUE, Map.of());

  /** A period of the calendar, in the zone of the store. */
  public enum Period {
    DAY,
    /** From Monday. */
    WEEK,
    MONTH,
    YEAR;

    /** Returns the first day of the period that has this day. */
    public LocalDate firstDay(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    /** Returns the last day of the period that has this day. */
    public LocalDate lastDay(LocalDate day) {
      LocalDate first = firstDay(day);
      return switch (this) {
        case DAY -> first;
        case WEEK -> first.plusDays(6);
        case MONTH -> first.plusMonths(1).minusDays(1);
        case YEAR -> first.plusYears(1).minusDays(1);
      };
    }
  }
}
