package points.load.model.book;

import java.util.List;
import java.util.SortedMap;
import points.load.model.Fraction;

/**
 * The points of an order.
 *
 * @param awards more than 0 each, by line, then in the order in which rules are applied
 * @param cuts points that caps and budgets took, by rule
 * @param carry the remainder that the member keeps; unchanged when the book carries none
 */
public record Rating(List<Award> awards, SortedMap<String, Long> cuts, Fraction carry) {

  /** Points of a rule for a line, which is counted from 0. */
  public record Award(int line, String rule, long points) {}

  public long points() {
    return awards.stream().mapToLong(Award::points).sum();
  }

  /** Returns the points of a line. */
  public long points(int line) {
    return awards.stream().filter(it -> it.line() == line).mapToLong(Award::points).sum();
  }
}
