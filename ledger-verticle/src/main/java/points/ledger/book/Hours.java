package points.ledger.book;

import java.time.LocalTime;

/**
 * Hours of a day, half open. When they end before they begin, they end on the next day; when they
 * end as they begin, they are a whole day.
 */
public record Hours(LocalTime from, LocalTime to) {

  /** Returns whether a time lies in the part that belongs to the day on which the hours begin. */
  public boolean holdsToday(LocalTime time) {
    return !time.isBefore(from) && (time.isBefore(to) || !from.isBefore(to));
  }

  /** Returns whether a time lies in the part that reaches into the next day. */
  public boolean holdsFromYesterday(LocalTime time) {
    return !from.isBefore(to) && time.isBefore(to);
  }
}
