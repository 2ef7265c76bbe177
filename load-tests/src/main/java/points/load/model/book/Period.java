package points.load.model.book;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A period of the calendar in which the orders of a member are counted together. */
public enum Period {
  DAY,
  WEEK,
  MONTH,
  YEAR;

  /** The name in documents. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the first day of the period that has a day. Weeks begin on Monday. */
  public LocalDate first(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.with(TemporalAdjusters.firstDayOfMonth());
      case YEAR -> day.with(TemporalAdjusters.firstDayOfYear());
    };
  }

  /** Returns the last day of the period that begins with a day. */
  LocalDate last(LocalDate first) {
    return switch (this) {
      case DAY -> first;
      case WEEK -> first.plusDays(6);
      case MONTH -> first.with(TemporalAdjusters.lastDayOfMonth());
      case YEAR -> first.with(TemporalAdjusters.lastDayOfYear());
    };
  }
}
