package points.load.model.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.load.model.Fraction;
import points.load.model.ReturnedParts;

/**
 * The points that are due for what has come back of an order, without one refund and with it.
 *
 * @param lineIds of the order, in its own sequence
 */
public record ReturnedDue(ReturnedParts before, ReturnedParts after, List<String> lineIds)
    implements RuleBook.Due {

  @Override
  public Sums of(long[] byLine) {
    Map<String, Long> shares = new LinkedHashMap<>();
    long points = 0;
    for (int i = 0; i < byLine.length; i++) {
      shares.put(lineIds.get(i), byLine[i]);
      points += byLine[i];
    }
    return new Sums(before.due(points, shares), after.due(points, shares));
  }

  /** Returns the part of the amount of the order that the refund returns. */
  public Fraction part() {
    return after.amount() == 0
        ? Fraction.ZERO
        : Fraction.of(before.left() - after.left()).dividedBy(after.amount());
  }
}
