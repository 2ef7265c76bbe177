package points.ledger.engine;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Reason;
import points.ledger.book.Birthday;
import points.ledger.book.Caps.Period;
import points.ledger.book.Condition;
import points.ledger.book.Exclusions;
import points.ledger.book.Hours;
import points.ledger.book.Minimum;
import points.ledger.book.Promotion;
import points.ledger.book.RuleCap;
import points.ledger.book.Stores;

/** Checks the conditions of promotions that concern an order as a whole, or its member. */
final class Occasion {

  private final OrderFacts order;
  private final MemberFacts member;
  private final long eligibleAmount;
  private final LocalDateTime local;

  /**
   * @param eligibleAmount of the lines that may earn
   */
  Occasion(OrderFacts order, MemberFacts member, long eligibleAmount) {
    this.order = order;
    this.member = member;
    this.eligibleAmount = eligibleAmount;
    this.local = LocalDateTime.ofInstant(order.occurredAt(), order.zone());
  }

  /** Returns whether the number or the amount of its lines decides on a promotion. */
  static boolean countsLines(Promotion promotion) {
    return promotion.when().linesMin() > 1
        || promotion.when().minimum().measured() == Minimum.Measured.GOODS;
  }

  /** The first of the conditions that does not hold; null when all do. */
  @Nullable Reason refusal(Promotion promotion, int lines, long goodsAmount) {
    Condition when = promotion.when();
    if (!isInWindow(when)) {
      return Reason.OUTSIDE_WINDOW;
    }
    if (!isInStore(when)) {
      return Reason.NOT_IN_STORE;
    }
    Reason ofMember = refusalOfMember(promotion);
    if (ofMember != null) {
      return ofMember;
    }
    if (lines == 0) {
      return Reason.EXCLUDED;
    }
    if (lines < when.linesMin() || amount(when.minimum(), goodsAmount) < when.minimum().amount()) {
      return Reason.BELOW_MINIMUM;
    }
    return isUsedUp(promotion) ? Reason.CAP : null;
  }

  private boolean isInWindow(Condition when) {
    return !order.occurredAt().isBefore(when.from())
        && order.occurredAt().isBefore(when.to())
        && (!when.asksForTimeOfDay() || isAtTimeOfDay(when))
        && (when.birthday() == null || isAtBirthday(when.birthday()));
  }

  private boolean isAtTimeOfDay(Condition when) {
    LocalDate today = local.toLocalDate();
    if (when.hours().isEmpty()) {
      return isOnDay(when, today);
    }
    LocalTime time = local.toLocalTime();
    for (Hours hours : when.hours()) {
      if ((hours.holdsToday(time) && isOnDay(when, today))
          || (hours.holdsFromYesterday(time) && isOnDay(when, today.minusDays(1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOnDay(Condition when, LocalDate day) {
    return (when.firstDay() == null || !day.isBefore(when.firstDay()))
        && (when.dayAfter() == null || day.isBefore(when.dayAfter()))
        && (when.weekdays().isEmpty() || when.weekdays().contains(day.getDayOfWeek()))
        && (when.calendar() == null || when.calendar().holds(day));
  }

  private boolean isAtBirthday(Birthday birthday) {
    return member.birthday() != null && birthday.holds(local.toLocalDate(), member.birthday());
  }

  private boolean isInStore(Condition when) {
    Exclusions not = when.not();
    return (when.stores().isEmpty() || names(when.stores()))
        && (when.channels().isEmpty() || when.channels().contains(order.channel()))
        && !names(not.stores())
        && !not.channels().contains(order.channel());
  }

  private boolean names(Stores stores) {
    return stores.storeIds().contains(order.storeId())
        || containsAny(stores.tags(), order.storeTags());
  }

  private @Nullable Reason refusalOfMember(Promotion promotion) {
    Condition when = promotion.when();
    String tier = member.tier();
    if ((!when.tiers().isEmpty() && (tier == null || !when.tiers().contains(tier)))
        || (tier != null && when.not().tiers().contains(tier))) {
      return Reason.NOT_TIER;
    }
    if ((!when.groups().isEmpty() && !containsAny(when.groups(), member.groups()))
        || containsAny(when.not().groups(), member.groups())) {
      return Reason.NOT_IN_GROUP;
    }
    if (when.firstPurchase() && !member.firstPurchase()) {
      return Reason.NOT_FIRST;
    }
    boolean heldOut =
        when.holdOut() > 0 && HoldOut.place(member.memberId(), promotion.id()) < when.holdOut();
    return heldOut ? Reason.HELD_OUT : null;
  }

  private static boolean containsAny(Set<String> wanted, Set<String> there) {
    if (!wanted.isEmpty()) {
      for (String one : there) {
        if (wanted.contains(one)) {
          return true;
        }
      }
    }
    return false;
  }

  private long amount(Minimum minimum, long goodsAmount) {
    return switch (minimum.measured()) {
      case INITIAL -> order.initialAmount();
      case CURRENT -> eligibleAmount;
      case GOODS -> goodsAmount;
    };
  }

  private boolean isUsedUp(Promotion promotion) {
    if (promotion.cap().unit() == RuleCap.Unit.USES) {
      for (Map.Entry<Period, Long> cap : promotion.cap().caps().perMember().entrySet()) {
        if (member.usage().of(promotion.id(), cap.getKey()) >= cap.getValue()) {
          return true;
        }
      }
    }
    return false;
  }
}
