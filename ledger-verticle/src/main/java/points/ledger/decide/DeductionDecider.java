package points.ledger.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Command.Give;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.program.Program;

/** Points spent, and points given or taken by hand. */
final class DeductionDecider {

  private DeductionDecider() {}

  static Decision deduct(Posting books, Deduct deduct, Program rules) {
    if (!rules.isPointCurrency(deduct.account())) {
      return Posting.refused(new Refusal.UnknownCurrency(deduct.account()));
    }
    if (deduct.points() > books.available(deduct.account())) {
      return Posting.refused(new Refusal.InsufficientPoints(books.available(deduct.account())));
    }
    if (overflowsLifetimeSpent(books, deduct.points())) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(deduct.account())));
    }
    books.debit(deduct.account(), deduct.points());
    return books.accepted(books.append(EntryBuilder.of(deduct)));
  }

  /**
   * Takes what an order is paid with.
   *
   * @return why it cannot be; nothing has moved then
   */
  static @Nullable Refusal pay(Posting books, long points, long storedValue) {
    if (points == 0 && storedValue == 0) {
      return null;
    }
    if (storedValue > books.available(Accounts.STORED_VALUE)) {
      return new Refusal.InsufficientStoredValue(books.available(Accounts.STORED_VALUE));
    }
    if (points > books.available(Accounts.POINTS)) {
      return new Refusal.InsufficientPoints(books.available(Accounts.POINTS));
    }
    if (overflowsLifetimeSpent(books, points)) {
      return new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
    }
    books.debit(Accounts.POINTS, points);
    books.debit(Accounts.STORED_VALUE, storedValue);
    return null;
  }

  static boolean overflowsLifetimeSpent(Posting books, long points) {
    return points > Long.MAX_VALUE - books.state().lifetimeSpent();
  }

  static Decision adjust(Posting books, Adjust adjust, Program rules) {
    String account = adjust.account();
    long points = adjust.points();
    if (!rules.hasAccount(account)) {
      return Posting.refused(new Refusal.UnknownCurrency(account));
    }
    if (points < 0 && -points > books.available(account)) {
      return Posting.refused(
          account.equals(Accounts.STORED_VALUE)
              ? new Refusal.InsufficientStoredValue(books.available(account))
              : new Refusal.InsufficientPoints(books.available(account)));
    }
    if (points > 0 && AccrualDecider.isTooMuch(books, account, points)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(account)));
    }
    if (points > 0) {
      books.credit(account, new Lot(rules.expiryOf(account, books.now()), points));
    } else {
      books.debit(account, -points);
    }
    return books.accepted(books.append(EntryBuilder.of(adjust)));
  }

  /** A gift is no adjustment: it may end before other points do, and reports count it apart. */
  static Decision give(Posting books, Give gift, Program rules) {
    if (AccrualDecider.isTooMuch(books, Accounts.POINTS, gift.points())) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    Instant expiresAt =
        gift.expiresAt() == null
            ? rules.expiryOf(Accounts.POINTS, books.now())
            : gift.expiresAt().truncatedTo(ChronoUnit.SECONDS); // as all lots expire
    books.credit(Accounts.POINTS, new Lot(expiresAt, gift.points()));
    Entry answer = books.append(EntryBuilder.of(gift));
    TimeEffects.appendDue(books); // a call that comes late may bring what has expired
    return books.accepted(answer);
  }
}
