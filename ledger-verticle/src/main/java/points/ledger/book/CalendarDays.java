package points.ledger.book;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * Days of some kinds, by a calendar with holidays and make-up workdays.
 *
 * @param holidays days on which nobody works, whatever their weekday
 * @param workdays Saturdays and Sundays on which people work
 * @param kinds those that count
 */
public record CalendarDays(Set<LocalDate> holidays, Set<LocalDate> workdays, Set<Kind> kinds) {

  /** Each day is of one kind. */
  public enum Kind {
    HOLIDAY,
    WORKDAY,
    WEEKEND
  }

  public boolean holds(LocalDate day) {
    return kinds.contains(kindOf(day));
  }

  private Kind kindOf(LocalDate day) {
    if (holidays.contains(day)) {
      return Kind.HOLIDAY;
    }
    boolean weekend = day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    return weekend && !workdays.contains(day) ? Kind.WEEKEND : Kind.WORKDAY;
  }
}
