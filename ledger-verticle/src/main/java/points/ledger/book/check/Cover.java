package points.ledger.book.check;

import java.util.List;
import java.util.Set;
import points.ledger.book.Condition;
import points.ledger.book.Exclusions;
import points.ledger.book.Goods;
import points.ledger.book.Minimum;
import points.ledger.book.Promotion;
import points.ledger.book.Stores;

/**
 * Says whether one promotion counts wherever another counts.
 *
 * <p>It compares condition by condition and says no when it cannot be sure.
 */
final class Cover {

  private Cover() {}

  static boolean covers(Promotion wide, Promotion narrow) {
    Condition when = wide.when();
    Condition other = narrow.when();
    boolean goods =
        wide.goods().isEmpty() || GoodsCover.coversAll(List.of(wide.goods()), narrow.goods());
    return goods
        && when.holdOut() == 0
        && coversTimes(when, other)
        && coversMembers(when, other)
        && coversOrders(when, other)
        && isNotWider(when.not(), other.not());
  }

  private static boolean coversTimes(Condition when, Condition other) {
    return !when.from().isAfter(other.from())
        && !when.to().isBefore(other.to())
        && (when.firstDay() == null
            || (other.firstDay() != null && !when.firstDay().isAfter(other.firstDay())))
        && (when.dayAfter() == null
            || (other.dayAfter() != null && !when.dayAfter().isBefore(other.dayAfter())))
        && isWider(when.weekdays(), other.weekdays())
        && coversHours(when, other)
        && (when.calendar() == null || when.calendar().equals(other.calendar()))
        && (when.birthday() == null || when.birthday().equals(other.birthday()));
  }

  /** Hours that cross midnight belong to the day before, on which the other may not run. */
  private static boolean coversHours(Condition when, Condition other) {
    boolean asksForDay =
        when.firstDay() != null
            || when.dayAfter() != null
            || !when.weekdays().isEmpty()
            || when.calendar() != null;
    boolean stayInDay = other.hours().stream().allMatch(it -> it.from().isBefore(it.to()));
    return when.hours().equals(other.hours())
        || (when.hours().isEmpty() && (!asksForDay || stayInDay));
  }

  private static boolean coversMembers(Condition when, Condition other) {
    return isWider(when.tiers(), other.tiers())
        && isWider(when.groups(), other.groups())
        && (!when.firstPurchase() || other.firstPurchase());
  }

  private static boolean coversOrders(Condition when, Condition other) {
    return isWider(when.channels(), other.channels())
        && (when.stores().isEmpty()
            || (!other.stores().isEmpty()
                && when.stores().storeIds().containsAll(other.stores().storeIds())
                && when.stores().tags().containsAll(other.stores().tags())))
        && when.linesMin() <= Math.max(1, other.linesMin())
        && coversMinimum(when.minimum(), other.minimum());
  }

  private static boolean coversMinimum(Minimum minimum, Minimum other) {
    return minimum.amount() == 0
        || (minimum.measured() == other.measured() && minimum.amount() <= other.amount());
  }

  /** A set that is empty asks for nothing. */
  private static <T> boolean isWider(Set<T> wanted, Set<T> others) {
    return wanted.isEmpty() || (!others.isEmpty() && wanted.containsAll(others));
  }

  private static boolean isNotWider(Exclusions not, Exclusions other) {
    return isAmong(not.goods(), other.goods())
        && isAmong(not.stores(), other.stores())
        && other.channels().containsAll(not.channels())
        && other.tiers().containsAll(not.tiers())
        && other.groups().containsAll(not.groups());
  }

  private static boolean isAmong(Goods goods, Goods others) {
    return goods.isEmpty() || GoodsCover.coversAll(List.of(others), goods);
  }

  private static boolean isAmong(Stores stores, Stores others) {
    return others.storeIds().containsAll(stores.storeIds())
        && others.tags().containsAll(stores.tags());
  }
}
