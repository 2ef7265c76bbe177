package points.ledger.award;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import points.ledger.book.CapsReturn;

/**
 * The awards of an order as its entry keeps them, for refunds and for people who ask why.
 *
 * @param publication the number of the publication of the rule book that gave them, from 1
 * @param ruleBookId of that book
 * @param timeZone of the store, in which the days of caps are reckoned
 * @param awards by line, then in the order in which rules are applied
 * @param cuts of rules that were to give more
 * @param rules the ids of the rules that gave something or were cut, by number
 * @param capped the rules of which caps count what they gave
 * @param capsReturn when a refund makes room under caps
 * @param paid the rules whose points a budget paid
 * @param heldBy the ids of limits against abuse for which its points are pending
 * @param storeTags of the store when the order was taken
 */
public record Awarded(
    int publication,
    String ruleBookId,
    String timeZone,
    List<Award> awards,
    List<Cut> cuts,
    List<NamedRule> rules,
    List<CappedRule> capped,
    CapsReturn capsReturn,
    List<PaidRule> paid,
    List<String> heldBy,
    Set<String> storeTags) {

  public Awarded {
    storeTags = Set.copyOf(storeTags);
  }

  /** A rule of the book: its number, and the id that merchants gave it. */
  public record NamedRule(int number, String id) {}

  /**
   * A rule of which caps count what it gave.
   *
   * @param number in the book; {@link #WHOLE_BOOK} for all rules together
   * @param id that caps go on with, whatever number it has in the next book
   * @param byOrders whether orders are counted; else points
   */
  public record CappedRule(int number, String id, boolean byOrders) {

    public static final int WHOLE_BOOK = -1;

    boolean counts(Award award) {
      return number == WHOLE_BOOK || number == award.rule();
    }

    public boolean countsAny(List<Award> awards) {
      return awards.stream().anyMatch(this::counts);
    }

    /** Returns the points that the rule gave. */
    public long pointsOf(List<Award> awards) {
      return awards.stream().filter(this::counts).mapToLong(Award::points).sum();
    }

    /**
     * Returns the points that the rule gave, line by line.
     *
     * @param lines the number of lines
     */
    public long[] pointsOf(List<Award> awards, int lines) {
      long[] points = new long[lines];
      awards.stream().filter(this::counts).forEach(it -> points[it.line()] += it.points());
      return points;
    }
  }

  /**
   * A rule whose points a budget paid.
   *
   * @param number in the book; {@link CappedRule#WHOLE_BOOK} for all rules together
   * @param scope the store whose budget it is, or {@link points.ledger.budget.Budget#WHOLE_PROGRAM}
   */
  public record PaidRule(int number, String budgetId, String scope) {

    /** Returns whether the budget paid points of a rule. */
    public boolean counts(int rule) {
      return number == CappedRule.WHOLE_BOOK || number == rule;
    }
  }

  /** Returns the day on which something happens where the order was sold. */
  public LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneId.of(timeZone));
  }

  /** Returns the id of a rule that gave something or was cut. */
  public String idOf(int number) {
    for (NamedRule it : rules) {
      if (it.number() == number) {
        return it.id();
      }
    }
    throw new IllegalArgumentException("no rule here: " + number);
  }
}
