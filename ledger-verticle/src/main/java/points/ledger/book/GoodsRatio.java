package points.ledger.book;

/**
 * The ratio of some goods.
 *
 * @param id unique among the rules of the book
 */
public record GoodsRatio(String id, Goods goods, Ratio ratio) {}
