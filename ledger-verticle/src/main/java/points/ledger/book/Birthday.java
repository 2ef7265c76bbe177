package points.ledger.book;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;

/**
 * Days at a member's birthday. In years without a 29 February, a birthday on it is on the 28th.
 *
 * @param wholeMonth whether all days of the month count
 * @param days so many days before and after count, too; 0 to {@link #DAYS_MAX}
 */
public record Birthday(boolean wholeMonth, int days) {

  public static final int DAYS_MAX = 60;

  public boolean holds(LocalDate day, MonthDay birthday) {
    if (wholeMonth) {
      return day.getMonth() == birthday.getMonth();
    }
    return isNear(day, birthday.atYear(day.getYear()))
        || isNear(day, birthday.atYear(day.getYear() - 1))
        || isNear(day, birthday.atYear(day.getYear() + 1));
  }

  private boolean isNear(LocalDate day, LocalDate birthday) {
    return Math.abs(ChronoUnit.DAYS.between(birthday, day)) <= days;
  }
}
