package points.ledger.book.check;

import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;

/**
 * An order with the points that the author of a book expects for it.
 *
 * @param title unique among the examples of the book
 * @param heldOut whether the member is one of those held out of every promotion with a hold-out
 *     share; otherwise it is in none of these shares
 * @param points those expected
 */
public record WorkedExample(
    String title, OrderFacts order, MemberFacts member, boolean heldOut, long points) {

  public static final int EXAMPLES_MAX = 100;
  public static final int LINES_MAX = 100;
}
