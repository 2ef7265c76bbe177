package points.ledger.award;

import points.ledger.book.Caps.Period;

/** The parts of a book's caps that a member's orders have used. */
public interface Usage {

  /** Names all that a book gives, where a rule is asked for. */
  String BOOK = "";

  Usage NONE = (ruleId, period) -> 0;

  /**
   * Returns the points, or the uses, in the period in which the order was paid.
   *
   * @param ruleId the id of a promotion, or {@link #BOOK}
   */
  long of(String ruleId, Period period);
}
