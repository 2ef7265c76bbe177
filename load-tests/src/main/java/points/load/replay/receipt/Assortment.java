package points.load.replay.receipt;

import java.util.List;
import java.util.Random;

/**
 * The goods of the made chain: 2,000 products of very unequal popularity, and fuel.
 *
 * <p>Prices are log-normal around a middle price of their category; fuel is measured in thousandths
 * of a litre.
 */
final class Assortment {
  private static final int PRODUCTS = 2_000;
  private static final double ZERO_AMOUNT_SHARE = 0.01;
  private static final long FUEL_CENTS_PER_LITRE = 780;

  private record Category(String name, double middleCents) {}

  private record Product(String id, Category category, long cents) {}

  private static final List<Category> CATEGORIES =
      List.of(
          new Category("VEGETABLES", 600),
          new Category("FRUIT", 1200),
          new Category("SOFT DRINKS", 500),
          new Category("BREAD & PASTRY", 900),
          new Category("MILK & YOGURT", 1500),
          new Category("SNACKS", 800),
          new Category("RICE & NOODLES", 2500),
          new Category("MEAT", 3200),
          new Category("SEAFOOD", 4500),
          new Category("FROZEN MEALS", 1900),
          new Category("SAUCES & OIL", 2200),
          new Category("BEER", 700),
          new Category("WINE & SPIRITS", 9000),
          new Category("TEA & COFFEE", 4000),
          new Category("PAPER GOODS", 2400),
          new Category("CLEANING", 2000),
          new Category("PERSONAL CARE", 3500),
          new Category("BABY", 8000),
          new Category("PET FOOD", 3000),
          new Category("KITCHENWARE", 5000));

  private final Product[] products = new Product[PRODUCTS];
  private final ZipfDistribution productPopularity = new ZipfDistribution(PRODUCTS, 0.9);

  Assortment(Random random) {
    ZipfDistribution categoryPopularity = new ZipfDistribution(CATEGORIES.size(), 0.6);
    for (int i = 0; i < PRODUCTS; i++) {
      Category category = CATEGORIES.get(categoryPopularity.next(random));
      double price = category.middleCents() * StrictMath.exp(0.5 * random.nextGaussian());
      products[i] = new Product("P" + (100_000 + i), category, Math.max(10, Math.round(price)));
    }
  }

  /** A line of a basket: mostly one piece, now and then several, seldom given away. */
  Receipt.Line pick(Random random) {
    Product product = products[productPopularity.next(random)];
    int pieces = random.nextDouble() < 0.8 ? 1 : 2 + random.nextInt(5);
    boolean gift = random.nextDouble() < ZERO_AMOUNT_SHARE;
    return new Receipt.Line(
        product.id(), product.category().name(), pieces, gift ? 0 : pieces * product.cents());
  }

  /** A tank filled: 15 to 60 litres. */
  Receipt.Line fuel(Random random) {
    long millilitres = 15_000L + random.nextInt(45_001);
    return new Receipt.Line(
        "FUEL-95", "FUEL", millilitres, millilitres * FUEL_CENTS_PER_LITRE / 1000);
  }
}
