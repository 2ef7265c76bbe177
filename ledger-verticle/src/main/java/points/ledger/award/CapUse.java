package points.ledger.award;

import java.time.LocalDate;
import points.ledger.book.Caps.Period;

/**
 * The part of a cap that a member's orders use in one period.
 *
 * @param rule the id of a promotion, or {@link Usage#BOOK}
 * @param firstDay of the period, in days since 1970
 * @param used points or orders, as the cap counts; in an entry the change, which may be below 0
 */
public record CapUse(String rule, Period period, long firstDay, long used) {

  /** Returns the use of a cap in the period that has this day. */
  public static CapUse on(LocalDate day, String rule, Period period, long used) {
    return new CapUse(rule, period, period.firstDay(day).toEpochDay(), used);
  }

  /** Returns the same with its sign turned. */
  public CapUse negated() {
    return new CapUse(rule, period, firstDay, -used);
  }

  CapUse plus(long more) {
    return new CapUse(rule, period, firstDay, used + more);
  }

  /** Returns whether this day is in the period. */
  public boolean isOn(LocalDate day) {
    return period.firstDay(day).toEpochDay() == firstDay;
  }

  boolean isOfSame(CapUse other) {
    return firstDay == other.firstDay && period == other.period && rule.equals(other.rule);
  }
}
