package points.ledger.book;

import java.util.Set;

/**
 * Lines and orders that a promotion does not count for, though its conditions hold: any of these.
 */
public record Exclusions(
    Goods goods, Stores stores, Set<String> channels, Set<String> tiers, Set<String> groups) {

  public static final Exclusions NONE =
      new Exclusions(Goods.NONE, Stores.NONE, Set.of(), Set.of(), Set.of());
}
