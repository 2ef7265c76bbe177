package points.ledger.book;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a promotion, all of which must hold. A set that is empty asks for nothing.
 *
 * <p>Days and hours are those of the store's zone. Hours that cross midnight belong to the day on
 * which they begin, and so do the conditions on that day.
 *
 * @param from the first instant; {@link Instant#MIN} for none
 * @param to the first instant after the last; {@link Instant#MAX} for none
 * @param firstDay null for none
 * @param dayAfter the first day after the last; null for none
 * @param hours one of which must hold
 * @param calendar the kinds of days that count; null for all
 * @param minimum of the order
 * @param linesMin the least number of lines that count for the promotion
 * @param firstPurchase true when only a member's first order counts
 * @param birthday null when any day counts
 * @param holdOut members that do not get the promotion, so that its effect can be measured: so many
 *     of 10,000
 * @param not the exclusions
 */
public record Condition(
    Instant from,
    Instant to,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate dayAfter,
    Set<DayOfWeek> weekdays,
    List<Hours> hours,
    @Nullable CalendarDays calendar,
    Stores stores,
    Set<String> channels,
    Set<String> tiers,
    Set<String> groups,
    Minimum minimum,
    int linesMin,
    boolean firstPurchase,
    @Nullable Birthday birthday,
    int holdOut,
    Exclusions not) {

  /** The channels through which orders come. */
  public static final Set<String> CHANNELS = Set.of("till", "miniProgram", "web", "other");

  /** Asks for nothing. */
  public static final Condition ALWAYS =
      new Condition(
          Instant.MIN,
          Instant.MAX,
          null,
          null,
          Set.of(),
          List.of(),
          null,
          Stores.NONE,
          Set.of(),
          Set.of(),
          Set.of(),
          Minimum.NONE,
          0,
          false,
          null,
          0,
          Exclusions.NONE);

  /** Returns whether something about the day or the hour is asked for. */
  public boolean asksForTimeOfDay() {
    return firstDay != null
        || dayAfter != null
        || !weekdays.isEmpty()
        || !hours.isEmpty()
        || calendar != null;
  }

  /** The same conditions with another hold-out share, in parts of 10,000. */
  public Condition withHoldOut(int share) {
    return new Condition(
        from,
        to,
        firstDay,
        dayAfter,
        weekdays,
        hours,
        calendar,
        stores,
        channels,
        tiers,
        groups,
        minimum,
        linesMin,
        firstPurchase,
        birthday,
        share,
        not);
  }
}
