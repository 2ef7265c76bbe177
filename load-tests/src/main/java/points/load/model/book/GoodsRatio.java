package points.load.model.book;

/** The ratio of some goods. */
record GoodsRatio(String id, Goods goods, Ratio ratio) {}
