package points.ledger.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import points.ledger.award.LineFacts;
import points.ledger.book.Goods;
import points.ledger.book.GoodsRatio;

/**
 * Finds the ratio of a line, the most specific one.
 *
 * <p>It is the one that names the line's product, else its category, the deepest first, else one of
 * its tags, else its margin class. Of equals, the first of the book.
 */
final class RatioIndex {

  static final int NONE = -1;

  private final Map<String, Integer> byProduct = new HashMap<>();
  private final Map<String, Integer> byCategory = new HashMap<>();
  private final Map<String, Integer> byTag = new HashMap<>();
  private final Map<String, Integer> byMarginClass = new HashMap<>();

  /**
   * @param names the one copy that a book keeps of each name
   */
  RatioIndex(List<GoodsRatio> ratios, UnaryOperator<String> names) {
    for (int i = 0; i < ratios.size(); i++) {
      Goods goods = ratios.get(i).goods();
      add(byProduct, goods.products(), i, names);
      add(byCategory, goods.categories(), i, names);
      add(byTag, goods.tags(), i, names);
      add(byMarginClass, goods.marginClasses(), i, names);
    }
  }

  private static void add(
      Map<String, Integer> index, Set<String> goods, int ratio, UnaryOperator<String> names) {
    goods.forEach(it -> index.putIfAbsent(names.apply(it), ratio));
  }

  /** Returns the position of the line's ratio, or {@link #NONE}. */
  int of(LineFacts line) {
    Integer found = byProduct.get(line.productId());
    if (found == null && !byCategory.isEmpty()) {
      found = byCategory(line.category());
    }
    if (found == null && !byTag.isEmpty()) {
      found =
          line.tags().stream()
              .map(byTag::get)
              .filter(it -> it != null)
              .min(Integer::compare)
              .orElse(null);
    }
    if (found == null) {
      found = byMarginClass.get(line.marginClass());
    }
    return found == null ? NONE : found;
  }

  private @Nullable Integer byCategory(@Nullable String category) {
    for (String path = category; path != null; path = Categories.parentOf(path)) {
      Integer found = byCategory.get(path);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
