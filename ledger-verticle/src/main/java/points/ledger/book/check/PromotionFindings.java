package points.ledger.book.check;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import points.ledger.book.Condition;
import points.ledger.book.Exclusions;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.book.Stores;

/** Finds promotions that can never count. */
final class PromotionFindings {

  private final RuleBook book;
  private final Findings findings;

  PromotionFindings(RuleBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  static Words name(Promotion promotion) {
    return new Words("活动「" + promotion.id() + "」", "Promotion " + promotion.id());
  }

  void find(Instant inForceFrom) {
    for (int i = 0; i < book.promotions().size(); i++) {
      Promotion promotion = book.promotions().get(i);
      String pointer = "/promotions/" + i;
      findInWindow(promotion, pointer + "/when", inForceFrom);
      findExcluded(promotion, pointer);
    }
  }

  private void findInWindow(Promotion promotion, String pointer, Instant inForceFrom) {
    var window = new Window(promotion.when(), book.timeZone());
    if (window.isEmpty()) {
      findings.add(FindingKind.WINDOW_EMPTY, pointer, name(promotion));
    } else if (!window.end().isAfter(inForceFrom)) {
      findings.add(FindingKind.WINDOW_OVER, pointer, name(promotion));
    }
  }

  private void findExcluded(Promotion promotion, String pointer) {
    Condition when = promotion.when();
    Exclusions not = when.not();
    Words name = name(promotion);
    if (excludesAll(when.stores(), not.stores())) {
      findings.add(FindingKind.STORES_EXCLUDED, pointer + "/when/not/stores", name);
    }
    Set<String> channels = when.channels().isEmpty() ? Condition.CHANNELS : when.channels();
    if (excludesAll(channels, not.channels())) {
      findings.add(FindingKind.CHANNELS_EXCLUDED, pointer + "/when/not/channels", name);
    }
    if (excludesAll(when.tiers(), not.tiers())) {
      findings.add(FindingKind.TIERS_EXCLUDED, pointer + "/when/not/tiers", name);
    }
    if (excludesAll(when.groups(), not.groups())) {
      findings.add(FindingKind.GROUPS_EXCLUDED, pointer + "/when/not/groups", name);
    }
    if (GoodsCover.coversAll(List.of(book.excluded(), not.goods()), promotion.goods())) {
      findings.add(FindingKind.GOODS_EXCLUDED, pointer + "/for", name);
    }
  }

  private static boolean excludesAll(Set<String> wanted, Set<String> not) {
    return !wanted.isEmpty() && not.containsAll(wanted);
  }

  private static boolean excludesAll(Stores wanted, Stores not) {
    return !wanted.isEmpty()
        && not.storeIds().containsAll(wanted.storeIds())
        && not.tags().containsAll(wanted.tags());
  }
}
