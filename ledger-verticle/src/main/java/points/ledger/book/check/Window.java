package points.ledger.book.check;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.book.CalendarDays;
import points.ledger.book.Condition;
import points.ledger.book.Hours;

/** The times at which a promotion runs, by its dates, weekdays, hours and calendar. */
final class Window {

  /** In so many days, calendars leave some ordinary day of each weekday. */
  private static final int DAYS_LOOKED_AT = 15_000;

  private static final List<Hours> WHOLE_DAY =
      List.of(new Hours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

  private final Condition when;
  private final ZoneId zone;
  private final List<Hours> hours;

  /**
   * @param zone in which days and hours are reckoned
   */
  Window(Condition when, ZoneId zone) {
    this.when = when;
    this.zone = zone;
    this.hours = when.hours().isEmpty() ? WHOLE_DAY : when.hours();
  }

  /** Returns whether there is no such time. */
  boolean isEmpty() {
    LocalDate first = later(when.firstDay(), dayOf(when.from(), -1));
    LocalDate last = earlier(before(when.dayAfter()), dayOf(when.to(), 0));
    if (first != null && last != null && first.until(last, ChronoUnit.DAYS) < DAYS_LOOKED_AT) {
      LocalDate end = last;
      return Stream.iterate(first, it -> !it.isAfter(end), it -> it.plusDays(1))
          .noneMatch(this::runsOn);
    }
    return !runsOnOrdinaryDays() && specialDays().stream().noneMatch(this::runsOn);
  }

  /** The time after which it never runs, in any time zone; {@link Instant#MAX} for none. */
  Instant end() {
    LocalDate last = before(when.dayAfter());
    CalendarDays calendar = when.calendar();
    if (calendar != null
        && calendar.kinds().stream().allMatch(CalendarDays.Kind.HOLIDAY::equals)
        && !calendar.holidays().isEmpty()) {
      last = earlier(last, new TreeSet<>(calendar.holidays()).last());
    }
    if (last == null) {
      return when.to();
    }
    boolean crossing = hours.stream().anyMatch(it -> !it.from().isBefore(it.to()));
    Instant ofDays =
        last.plusDays(crossing && !when.hours().isEmpty() ? 2 : 1)
            .atStartOfDay(ZoneOffset.ofHours(-12))
            .toInstant();
    return ofDays.isBefore(when.to()) ? ofDays : when.to();
  }

  private @Nullable LocalDate dayOf(Instant time, int plus) {
    return time.equals(Instant.MIN) || time.equals(Instant.MAX)
        ? null
        : LocalDate.ofInstant(time, zone).plusDays(plus);
  }

  private static @Nullable LocalDate before(@Nullable LocalDate day) {
    return day == null ? null : day.minusDays(1);
  }

  private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private Set<LocalDate> specialDays() {
    var days = new TreeSet<LocalDate>();
    if (when.calendar() != null) {
      days.addAll(when.calendar().holidays());
      days.addAll(when.calendar().workdays());
    }
    return days;
  }

  private boolean runsOnOrdinaryDays() {
    CalendarDays calendar = when.calendar();
    return Stream.of(DayOfWeek.values())
        .filter(it -> when.weekdays().isEmpty() || when.weekdays().contains(it))
        .anyMatch(it -> calendar == null || calendar.kinds().contains(ordinaryKind(it)));
  }

  private static CalendarDays.Kind ordinaryKind(DayOfWeek day) {
    return day.compareTo(DayOfWeek.SATURDAY) < 0
        ? CalendarDays.Kind.WORKDAY
        : CalendarDays.Kind.WEEKEND;
  }

  /** Returns whether some of the hours that begin on a day are within the dates. */
  private boolean runsOn(LocalDate day) {
    boolean on =
        (when.firstDay() == null || !day.isBefore(when.firstDay()))
            && (when.dayAfter() == null || day.isBefore(when.dayAfter()))
            && (when.weekdays().isEmpty() || when.weekdays().contains(day.getDayOfWeek()))
            && (when.calendar() == null || when.calendar().holds(day));
    return on && hours.stream().anyMatch(it -> isWithinDates(day, it));
  }

  private boolean isWithinDates(LocalDate day, Hours its) {
    LocalDate ends = its.from().isBefore(its.to()) ? day : day.plusDays(1);
    Instant from = day.atTime(its.from()).atZone(zone).toInstant();
    Instant to = ends.atTime(its.to()).atZone(zone).toInstant();
    return from.isBefore(when.to()) && to.isAfter(when.from());
  }
}
