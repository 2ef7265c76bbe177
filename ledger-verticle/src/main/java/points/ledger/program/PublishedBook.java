package points.ledger.program;

import java.time.ZoneId;
import points.ledger.account.Accounts;
import points.ledger.book.RuleBook;
import points.ledger.engine.CompiledBook;
import points.ledger.rules.EarningRule;

/**
 * A rule book in force, with its place in the program's timeline.
 *
 * @param number of its publication, from 1; {@link #UNPUBLISHED} for the program's own ratio
 * @param ruleBookId of the book; unique in the program
 * @param compiled the book, ready to rate orders
 */
public record PublishedBook(int number, String ruleBookId, CompiledBook compiled) {

  /** The number of a program's own ratio, which counts until a book is published. */
  public static final int UNPUBLISHED = 0;

  /** The ratio of a program that has no publication in force. */
  static PublishedBook plain(ZoneId timeZone, EarningRule earning) {
    RuleBook book = RuleBook.plain(timeZone, Accounts.POINTS, earning);
    return new PublishedBook(UNPUBLISHED, book.ruleBookId(), new CompiledBook(book));
  }
}
