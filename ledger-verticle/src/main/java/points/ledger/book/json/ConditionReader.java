package points.ledger.book.json;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.book.Birthday;
import points.ledger.book.CalendarDays;
import points.ledger.book.Condition;
import points.ledger.book.Exclusions;
import points.ledger.book.Hours;
import points.ledger.book.Minimum;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;

/** Reads the conditions of promotions. */
final class ConditionReader {

  static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("2199-12-31T23:59:59Z");

  private static final int HOURS_MAX = 10;
  private static final int LINES_MAX = 1_000;

  private static final Map<String, DayOfWeek> WEEKDAYS =
      Map.of(
          "mon", DayOfWeek.MONDAY,
          "tue", DayOfWeek.TUESDAY,
          "wed", DayOfWeek.WEDNESDAY,
          "thu", DayOfWeek.THURSDAY,
          "fri", DayOfWeek.FRIDAY,
          "sat", DayOfWeek.SATURDAY,
          "sun", DayOfWeek.SUNDAY);

  private static final Map<String, CalendarDays.Kind> KINDS =
      Map.of(
          "holiday", CalendarDays.Kind.HOLIDAY,
          "workday", CalendarDays.Kind.WORKDAY,
          "weekend", CalendarDays.Kind.WEEKEND);

  private static final Map<String, Minimum.Measured> MEASURED =
      Map.of(
          "initial", Minimum.Measured.INITIAL,
          "current", Minimum.Measured.CURRENT,
          "goods", Minimum.Measured.GOODS);

  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-4]):[0-5][0-9]");

  private final NamedSets sets;
  private final Set<String> tiers;

  /**
   * @param tiers the tiers of the book; none when it has none of its own
   */
  ConditionReader(NamedSets sets, Set<String> tiers) {
    this.sets = sets;
    this.tiers = tiers;
  }

  /** Reads the field {@code when}; errors are noted at their fields. */
  Condition read(JsonFields promotion) {
    JsonFields when = promotion.optionalObject("when");
    if (when == null) {
      return Condition.ALWAYS;
    }
    Instant from = when.optionalTime("from", FIRST, LAST);
    Instant to = when.optionalTime("to", FIRST, LAST);
    if (from != null && to != null && !from.isBefore(to)) {
      when.wrong("to", FieldFault.AFTER_FROM);
    }
    Days days = days(when);
    var condition =
        new Condition(
            from == null ? Instant.MIN : from,
            to == null ? Instant.MAX : to,
            days.from(),
            days.to(),
            some(when, "weekdays", WEEKDAYS, DayOfWeek.class),
            hours(when),
            calendar(when),
            sets.stores(when, "stores"),
            channels(when),
            tiers(when),
            NamedSets.texts(when, "groups"),
            minimum(when),
            (int) or(when.optionalInteger("linesAtLeast", 1, LINES_MAX), 0),
            when.has("firstPurchase") && when.flag("firstPurchase"),
            birthday(when),
            holdOut(when),
            exclusions(when));
    when.end();
    return condition;
  }

  private static long or(@Nullable Long value, long otherwise) {
    return value == null ? otherwise : value;
  }

  /** Bounds of days; null for none. */
  private record Days(@Nullable LocalDate from, @Nullable LocalDate to) {}

  private static Days days(JsonFields when) {
    JsonFields days = when.optionalObject("days");
    if (days == null) {
      return new Days(null, null);
    }
    LocalDate from = day(days, "from");
    LocalDate to = day(days, "to");
    if (from != null && to != null && !from.isBefore(to)) {
      days.wrong("to", FieldFault.AFTER_FROM);
    }
    days.end();
    return new Days(from, to);
  }

  private static @Nullable LocalDate day(JsonFields days, String field) {
    String text =
        days.has(field) ? days.known(field, it -> parse(it) != null, FieldFault.CALENDAR_DAY) : "";
    return parse(text);
  }

  private static @Nullable LocalDate parse(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static <E extends Enum<E>> Set<E> some(
      JsonFields parent, String field, Map<String, E> values, Class<E> type) {
    Set<E> some = EnumSet.noneOf(type);
    if (parent.has(field)) {
      parent.names(field, values.keySet()).forEach(it -> some.add(values.get(it)));
    }
    return some;
  }

  private static List<Hours> hours(JsonFields when) {
    var hours = new ArrayList<Hours>();
    for (JsonFields it : when.objects("hours", HOURS_MAX)) {
      hours.add(new Hours(time(it, "from"), time(it, "to")));
      it.end();
    }
    return List.copyOf(hours);
  }

  /** Midnight at the end of a day may be written 24:00. */
  private static LocalTime time(JsonFields hours, String field) {
    String text =
        hours.known(
            field,
            it -> TIME.matcher(it).matches() && (it.compareTo("24:00") <= 0),
            FieldFault.TIME_OF_DAY);
    return text.compareTo("24:00") < 0 && TIME.matcher(text).matches()
        ? LocalTime.parse(text)
        : LocalTime.MIN;
  }

  private @Nullable CalendarDays calendar(JsonFields when) {
    JsonFields calendar = when.optionalObject("calendar");
    if (calendar == null) {
      return null;
    }
    CalendarDays days = sets.calendar(calendar, "in");
    Set<CalendarDays.Kind> kinds = some(calendar, "days", KINDS, CalendarDays.Kind.class);
    if (!calendar.has("days")) {
      calendar.wrong("days", FieldFault.REQUIRED);
    }
    calendar.end();
    return new CalendarDays(days.holidays(), days.workdays(), kinds);
  }

  private static Set<String> channels(JsonFields parent) {
    return parent.has("channels")
        ? Set.copyOf(parent.names("channels", Condition.CHANNELS))
        : Set.of();
  }

  private Set<String> tiers(JsonFields parent) {
    return parent.has("tiers") ? Set.copyOf(parent.names("tiers", tiers)) : Set.of();
  }

  private static Minimum minimum(JsonFields when) {
    JsonFields minimum = when.optionalObject("minimum");
    if (minimum == null) {
      return Minimum.NONE;
    }
    long amount = minimum.integer("amount", 1, Limits.AMOUNT_MAX);
    Minimum.Measured measured =
        minimum.has("measured") ? minimum.oneOf("measured", MEASURED) : Minimum.Measured.CURRENT;
    minimum.end();
    return new Minimum(amount, measured == null ? Minimum.Measured.CURRENT : measured);
  }

  /** {@code P3D} for so many days before and after, or {@code month}. */
  private static @Nullable Birthday birthday(JsonFields when) {
    if (!when.has("birthday")) {
      return null;
    }
    String text =
        when.known(
            "birthday",
            it -> it.equals("month") || daysOf(it) <= Birthday.DAYS_MAX,
            FieldFault.BIRTHDAY,
            Birthday.DAYS_MAX);
    return text.equals("month") ? new Birthday(true, 0) : new Birthday(false, daysOf(text));
  }

  private static int daysOf(String text) {
    return text.matches("P[0-9]{1,2}D")
        ? Integer.parseInt(text.substring(1, text.length() - 1))
        : Integer.MAX_VALUE;
  }

  private static int holdOut(JsonFields when) {
    String text =
        when.has("holdOut")
            ? when.known(
                "holdOut", it -> it.matches("[0-9]{1,2}([.][0-9]{1,2})?%"), FieldFault.SHARE)
            : "";
    return text.matches("[0-9]{1,2}([.][0-9]{1,2})?%")
        ? (int) Fractions.of(text.substring(0, text.length() - 1)).times(100).floor()
        : 0;
  }

  private Exclusions exclusions(JsonFields when) {
    JsonFields not = when.optionalObject("not");
    if (not == null) {
      return Exclusions.NONE;
    }
    var exclusions =
        new Exclusions(
            sets.goods(not, "goods"),
            sets.stores(not, "stores"),
            channels(not),
            tiers(not),
            NamedSets.texts(not, "groups"));
    not.end();
    return exclusions;
  }
}
