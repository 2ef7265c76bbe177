package points.ledger.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import points.ledger.award.LineFacts;
import points.ledger.book.Goods;

/** Finds the rules whose goods a line is one of: a few look-ups, however many rules there are. */
final class GoodsIndex {

  private final Map<String, BitSet> byProduct = new HashMap<>();
  private final Map<String, BitSet> byCategory = new HashMap<>();
  private final Map<String, BitSet> byMarginClass = new HashMap<>();
  private final Map<String, BitSet> byTag = new HashMap<>();
  private final UnaryOperator<String> names;

  private GoodsIndex(UnaryOperator<String> names) {
    this.names = names;
  }

  /**
   * Makes an index of the goods of several rules.
   *
   * @param goods by the number of the rule
   * @param names the one copy that a book keeps of each name
   */
  static GoodsIndex of(List<Goods> goods, UnaryOperator<String> names) {
    var index = new GoodsIndex(names);
    for (int i = 0; i < goods.size(); i++) {
      index.add(goods.get(i), i);
    }
    share(index.byProduct);
    return index;
  }

  /**
   * Keeps equal sets once. Thousands of products are in the same few rules, whose sets then stay in
   * the processor's cache.
   */
  private static void share(Map<String, BitSet> index) {
    var kept = new HashMap<BitSet, BitSet>();
    index.replaceAll((name, its) -> kept.computeIfAbsent(its, key -> key));
  }

  private void add(Goods goods, int rule) {
    goods.products().forEach(it -> add(byProduct, it, rule));
    goods.categories().forEach(it -> add(byCategory, it, rule));
    goods.marginClasses().forEach(it -> add(byMarginClass, it, rule));
    goods.tags().forEach(it -> add(byTag, it, rule));
  }

  private void add(Map<String, BitSet> index, String name, int rule) {
    index.computeIfAbsent(names.apply(name), it -> new BitSet()).set(rule);
  }

  /** Returns whether no rule names any goods. */
  boolean isEmpty() {
    return byProduct.isEmpty()
        && byCategory.isEmpty()
        && byMarginClass.isEmpty()
        && byTag.isEmpty();
  }

  /** Adds the rules that name the line. */
  void addTo(BitSet found, LineFacts line) {
    addTo(found, byProduct.get(line.productId()));
    if (!byCategory.isEmpty()) {
      for (String path = line.category(); path != null; path = Categories.parentOf(path)) {
        addTo(found, byCategory.get(path));
      }
    }
    addTo(found, byMarginClass.get(line.marginClass()));
    if (!byTag.isEmpty()) {
      line.tags().forEach(tag -> addTo(found, byTag.get(tag)));
    }
  }

  private static void addTo(BitSet found, @Nullable BitSet more) {
    if (more != null) {
      found.or(more);
    }
  }
}
