package points.ledger.tier;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One tier of a rule book.
 *
 * @param id unique in the book; facts of members keep it
 * @param from the measured amount that it begins at; 0 for the base tier, which everybody has
 * @param neverFalls whether a member that has it keeps it for good
 * @param price for which members may buy it; null when it is not for sale
 */
public record Level(
    String id,
    Named name,
    long from,
    List<Benefit> benefits,
    boolean neverFalls,
    @Nullable UpgradePrice price) {

  /** A text for people, in both languages. */
  public record Named(String zh, String en) {}

  /**
   * A benefit of a tier, as people read it.
   *
   * @param kind the merchant's word for it, such as {@code ratio}
   * @param facts the values that tills go by, at most {@link #FACTS_MAX}
   */
  public record Benefit(String kind, Named text, SortedMap<String, String> facts) {

    public static final int FACTS_MAX = 10;
  }
}
