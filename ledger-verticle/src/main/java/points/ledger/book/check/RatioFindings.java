package points.ledger.book.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import points.ledger.book.Goods;
import points.ledger.book.GoodsRatio;
import points.ledger.book.RuleBook;

/**
 * Finds ratios that never count, and names with two ratios, of which only the first would count.
 */
final class RatioFindings {

  private static final int NAMES_SHOWN = 5;

  private final RuleBook book;
  private final Findings findings;
  private final List<Map<String, String>> named =
      List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());

  RatioFindings(RuleBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  void find() {
    for (int i = 0; i < book.ratios().size(); i++) {
      GoodsRatio ratio = book.ratios().get(i);
      String pointer = "/ratios/" + i + "/for";
      Words name = new Words("比例「" + ratio.id() + "」", "Ratio " + ratio.id());
      if (GoodsCover.coversAll(List.of(book.excluded()), ratio.goods())) {
        findings.add(FindingKind.RATIO_EXCLUDED, pointer, name);
      }
      findTwice(ratio, pointer, name);
    }
  }

  private void findTwice(GoodsRatio ratio, String pointer, Words name) {
    Map<String, Set<String>> twice = new HashMap<>();
    List<Set<String>> names = namesOf(ratio.goods());
    for (int kind = 0; kind < names.size(); kind++) {
      for (String it : names.get(kind)) {
        String other = named.get(kind).putIfAbsent(it, ratio.id());
        if (other != null) {
          twice.computeIfAbsent(other, key -> new TreeSet<>()).add(it);
        }
      }
    }
    for (String other : new TreeSet<>(twice.keySet())) {
      findings.add(
          FindingKind.RATIO_TWICE,
          pointer,
          name,
          other,
          shown(twice.getOrDefault(other, Set.of())));
    }
  }

  private static List<Set<String>> namesOf(Goods goods) {
    return List.of(goods.products(), goods.categories(), goods.marginClasses(), goods.tags());
  }

  private static String shown(Set<String> names) {
    var some = new ArrayList<>(names);
    return names.size() <= NAMES_SHOWN
        ? String.join(", ", some)
        : String.join(", ", some.subList(0, NAMES_SHOWN)) + " …";
  }
}
