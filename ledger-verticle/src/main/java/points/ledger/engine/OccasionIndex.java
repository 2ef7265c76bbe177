package points.ledger.engine;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.book.Condition;
import points.ledger.book.Promotion;
import points.ledger.book.Stores;

/**
 * Finds the promotions that may count for an order by date, store, channel, tier and group.
 *
 * <p>Only these need be looked at one by one: {@link Occasion} would refuse all others.
 */
final class OccasionIndex {

  private final WindowIndex windows;
  private final NameIndex stores = new NameIndex();
  private final NameIndex channels = new NameIndex();
  private final NameIndex tiers = new NameIndex();
  private final NameIndex groups = new NameIndex();
  private final BitSet firstPurchases = new BitSet();
  private final BitSet birthdays = new BitSet();
  private final BitSet all = new BitSet();

  OccasionIndex(List<Promotion> promotions) {
    windows = new WindowIndex(promotions);
    for (int at = 0; at < promotions.size(); at++) {
      Condition when = promotions.get(at).when();
      stores.add(names(when.stores()), names(when.not().stores()), at);
      channels.add(when.channels(), when.not().channels(), at);
      tiers.add(when.tiers(), when.not().tiers(), at);
      groups.add(when.groups(), when.not().groups(), at);
      firstPurchases.set(at, when.firstPurchase());
      birthdays.set(at, when.birthday() != null);
    }
    all.set(0, promotions.size());
  }

  /** Ids and tags have a sign before them, so that none is taken for the other. */
  private static Set<String> names(Stores stores) {
    var names = new HashSet<String>();
    stores.storeIds().forEach(it -> names.add("=" + it));
    stores.tags().forEach(it -> names.add("#" + it));
    return names;
  }

  BitSet of(OrderFacts order, MemberFacts member) {
    var promotions = (BitSet) all.clone();
    windows.restrict(promotions, order.occurredAt());
    stores.restrict(promotions, names(new Stores(Set.of(order.storeId()), order.storeTags())));
    channels.restrict(promotions, order.channel());
    tiers.restrict(promotions, member.tier());
    groups.restrict(promotions, member.groups());
    if (!member.firstPurchase()) {
      promotions.andNot(firstPurchases);
    }
    if (member.birthday() == null) {
      promotions.andNot(birthdays);
    }
    return promotions;
  }
}
