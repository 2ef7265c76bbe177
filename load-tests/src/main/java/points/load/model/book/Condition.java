package points.load.model.book;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import points.load.model.Fraction;

/**
 * The conditions of a promotion, all of which must hold; an empty set asks for nothing.
 *
 * @param days half open
 * @param kinds of days that count, by the calendar
 * @param measured {@code initial}, {@code current} or {@code goods}
 * @param heldOut the share of members that do not get the promotion
 */
record Condition(
    Instant from,
    Instant to,
    Days days,
    Set<DayOfWeek> weekdays,
    List<Hours> hours,
    Set<String> kinds,
    Calendar calendar,
    Stores stores,
    Set<String> channels,
    Set<String> tiers,
    Set<String> groups,
    boolean birthday,
    long minimum,
    String measured,
    int linesMin,
    boolean firstPurchase,
    Fraction heldOut,
    Not not) {

  /** Days from one, up to another that is not among them. */
  record Days(LocalDate from, LocalDate to) {
    static final Days ALL = new Days(LocalDate.MIN, LocalDate.MAX);
  }

  /** Hours of a day; those that do not end after their beginning end on the next day. */
  record Hours(LocalTime from, LocalTime to) {
    boolean crossMidnight() {
      return !to.isAfter(from);
    }
  }

  /** Holidays, and weekends on which people work. */
  record Calendar(Set<LocalDate> holidays, Set<LocalDate> workdays) {
    String kind(LocalDate day) {
      if (holidays.contains(day)) {
        return "holiday";
      }
      boolean weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      return weekend && !workdays.contains(day) ? "weekend" : "workday";
    }
  }

  /** Orders and goods that are left out. */
  record Not(
      Goods goods, Stores stores, Set<String> channels, Set<String> tiers, Set<String> groups) {}

  /** Whether the order is in time, in place and by a member that gets the promotion. */
  boolean admits(BoughtOrder order, Buyer buyer, String promotion) {
    return isInTime(order)
        && (stores.isEmpty() || stores.name(order))
        && !not.stores().name(order)
        && (channels.isEmpty() || channels.contains(order.channel()))
        && !not.channels().contains(order.channel())
        && (tiers.isEmpty() || tiers.contains(buyer.tier()))
        && !not.tiers().contains(buyer.tier())
        && groups.isEmpty() // the gateway has no groups and no birthdays yet
        && !birthday
        && (!firstPurchase || !buyer.counters().hasBought())
        && !isHeldOut(buyer, promotion);
  }

  private boolean isInTime(BoughtOrder order) {
    Instant at = order.occurredAt();
    if (at.isBefore(from) || !at.isBefore(to)) {
      return false;
    }
    LocalDate today = order.day();
    if (hours.isEmpty()) {
      return isOn(today);
    }
    LocalTime time = LocalTime.ofInstant(at, order.zone());
    Predicate<Hours> begunToday =
        it -> !time.isBefore(it.from()) && (it.crossMidnight() || time.isBefore(it.to()));
    Predicate<Hours> begunYesterday = it -> it.crossMidnight() && time.isBefore(it.to());
    return (isOn(today) && hours.stream().anyMatch(begunToday))
        || (isOn(today.minusDays(1)) && hours.stream().anyMatch(begunYesterday));
  }

  private boolean isOn(LocalDate day) {
    return !day.isBefore(days.from())
        && day.isBefore(days.to())
        && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
        && (kinds.isEmpty() || kinds.contains(calendar.kind(day)));
  }

  private boolean isHeldOut(Buyer buyer, String promotion) {
    return heldOut.signum() > 0
        && HoldOut.place(buyer.memberId(), promotion).compareTo(heldOut) < 0;
  }

  /** Stores by their ids and tags: all that one of these names. */
  record Stores(Set<String> storeIds, Set<String> tags) {
    static final Stores NONE = new Stores(Set.of(), Set.of());

    boolean isEmpty() {
      return equals(NONE);
    }

    boolean name(BoughtOrder order) {
      return storeIds.contains(order.storeId())
          || order.storeTags().stream().anyMatch(tags::contains);
    }
  }
}
