package points.ledger.domain;

import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.Deduct;

/** Points spent, and points given or taken by hand. */
final class Spending {

  private Spending() {}

  static Decision deduct(Books books, Deduct deduct, Program rules) {
    if (!rules.isPointCurrency(deduct.account())) {
      return Books.refused(new Refusal.UnknownCurrency(deduct.account()));
    }
    if (deduct.points() > books.available(deduct.account())) {
      return Books.refused(new Refusal.InsufficientPoints(books.available(deduct.account())));
    }
    if (isTooMuchOfALife(books, deduct.points())) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(deduct.account())));
    }
    books.debit(deduct.account(), deduct.points());
    return books.accepted(books.append(EntryDraft.of(deduct)));
  }

  /**
   * Takes what an order is paid with.
   *
   * @return why it cannot be; nothing has moved then
   */
  static @Nullable Refusal pay(Books books, long points, long storedValue) {
    if (points == 0 && storedValue == 0) {
      return null;
    }
    if (storedValue > books.available(Accounts.STORED_VALUE)) {
      return new Refusal.InsufficientStoredValue(books.available(Accounts.STORED_VALUE));
    }
    if (points > books.available(Accounts.POINTS)) {
      return new Refusal.InsufficientPoints(books.available(Accounts.POINTS));
    }
    if (isTooMuchOfALife(books, points)) {
      return new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
    }
    books.debit(Accounts.POINTS, points);
    books.debit(Accounts.STORED_VALUE, storedValue);
    return null;
  }

  static boolean isTooMuchOfALife(Books books, long points) {
    return points > Long.MAX_VALUE - books.state().lifetimeSpent();
  }

  static Decision adjust(Books books, Adjust adjust, Program rules) {
    String account = adjust.account();
    long points = adjust.points();
    if (!rules.hasAccount(account)) {
      return Books.refused(new Refusal.UnknownCurrency(account));
    }
    if (points < 0 && -points > books.available(account)) {
      return Books.refused(
          account.equals(Accounts.STORED_VALUE)
              ? new Refusal.InsufficientStoredValue(books.available(account))
              : new Refusal.InsufficientPoints(books.available(account)));
    }
    if (points > 0 && Earning.isTooMuch(books, account, points)) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(account)));
    }
    if (points > 0) {
      books.credit(account, new Lot(rules.expiryOf(account, books.now()), points));
    } else {
      books.debit(account, -points);
    }
    return books.accepted(books.append(EntryDraft.of(adjust)));
  }
}
