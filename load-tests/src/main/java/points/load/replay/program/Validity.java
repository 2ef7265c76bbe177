package points.load.replay.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import points.load.http.Fields;
import points.load.http.UnexpectedAnswerException;

/** The rule of when points expire, counted from the day of the sale in the program's time zone. */
public sealed interface Validity {
  /** Returns the first day on which points of that day's sales are gone; empty for never. */
  Optional<LocalDate> goneOn(LocalDate soldOn);

  /** The first instant at which they are gone: the start of that day in the zone. */
  default Optional<Instant> expiresAt(Instant soldAt, ZoneId zone) {
    return goneOn(LocalDate.ofInstant(soldAt, zone)).map(day -> day.atStartOfDay(zone).toInstant());
  }

  /** Points that never expire. */
  record Never() implements Validity {
    @Override
    public Optional<LocalDate> goneOn(LocalDate soldOn) {
      return Optional.empty();
    }
  }

  /**
   * For a period from the sale. The day it leads to is the last good one; where a month has no such
   * day its last day is (31 January and a month: 28 or 29 February).
   */
  record Rolling(Period period) implements Validity {
    @Override
    public Optional<LocalDate> goneOn(LocalDate soldOn) {
      return Optional.of(soldOn.plus(period).plusDays(1));
    }
  }

  /**
   * To the end of a calendar unit.
   *
   * @param months in the unit: 1, 3 or 12
   * @param after how many units after the one of the sale; 0 is the one of the sale
   */
  record EndOf(int months, int after) implements Validity {
    @Override
    public Optional<LocalDate> goneOn(LocalDate soldOn) {
      int monthOfUnit = (soldOn.getMonthValue() - 1) / months * months + 1;
      LocalDate start = LocalDate.of(soldOn.getYear(), monthOfUnit, 1);
      return Optional.of(start.plusMonths((long) months * (after + 1)));
    }
  }

  static Validity read(Fields json) {
    String kind = json.text("kind");
    return switch (kind) {
      case "never" -> new Never();
      case "rolling" -> new Rolling(period(json.text("period")));
      case "endOf" -> new EndOf(months(json.text("unit")), Math.toIntExact(json.integer("after")));
      default -> throw new UnexpectedAnswerException("unknown validity \"" + kind + "\"");
    };
  }

  private static Period period(String text) {
    try {
      return Period.parse(text);
    } catch (DateTimeParseException e) {
      throw new UnexpectedAnswerException("not a period: \"" + text + "\"");
    }
  }

  private static int months(String unit) {
    return switch (unit) {
      case "month" -> 1;
      case "quarter" -> 3;
      case "year" -> 12;
      default -> throw new UnexpectedAnswerException("unknown unit \"" + unit + "\"");
    };
  }
}
