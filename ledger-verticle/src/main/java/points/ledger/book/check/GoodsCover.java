package points.ledger.book.check;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import points.ledger.book.Goods;

/** Says whether goods are all among others, as far as their names show. */
final class GoodsCover {

  private GoodsCover() {}

  /** Returns whether goods name something, and all that they name is among others. */
  static boolean coversAll(List<Goods> others, Goods goods) {
    return !goods.isEmpty()
        && goods.products().stream().allMatch(it -> has(others, Goods::products, it))
        && goods.categories().stream().allMatch(it -> hasCategory(others, it))
        && goods.marginClasses().stream().allMatch(it -> has(others, Goods::marginClasses, it))
        && goods.tags().stream().allMatch(it -> has(others, Goods::tags, it));
  }

  private static boolean has(List<Goods> others, Function<Goods, Set<String>> names, String name) {
    return others.stream().anyMatch(it -> names.apply(it).contains(name));
  }

  /** A category is among others when they have it, or one that holds it. */
  private static boolean hasCategory(List<Goods> others, String category) {
    return has(others, Goods::categories, category)
        || (category.contains("/")
            && hasCategory(others, category.substring(0, category.lastIndexOf('/'))));
  }
}
