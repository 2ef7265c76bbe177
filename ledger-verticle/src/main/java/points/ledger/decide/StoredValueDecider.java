package points.ledger.decide;

import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.command.Refusal;
import points.ledger.command.StoredValueCommand.Exchange;
import points.ledger.command.StoredValueCommand.Pay;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.program.Terms.ExchangeRate;

/** Stored value paid in and out, and points exchanged. */
final class StoredValueDecider {

  private StoredValueDecider() {}

  static Decision topUp(Posting books, TopUp topUp, Program rules) {
    Terms.StoredValueRule rule = rules.terms().storedValue();
    long bonus = topUp.bonus() == null ? rule.bonusFor(topUp.amount()) : topUp.bonus();
    long points = rule.earning() == null ? 0 : rule.earning().pointsFor(topUp.amount());
    if (AccrualDecider.isTooMuch(books, Accounts.STORED_VALUE, topUp.amount() + bonus)
        || AccrualDecider.isTooMuch(books, Accounts.POINTS, points)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    books.credit(Accounts.STORED_VALUE, new Lot(Lot.NEVER, topUp.amount() + bonus));
    books.credit(
        Accounts.POINTS, new Lot(rules.expiryOf(Accounts.POINTS, topUp.occurredAt()), points));
    Entry answer =
        books.append(
            EntryBuilder.of(topUp)
                .amount(topUp.amount())
                .detail(new Detail.ToppedUp(bonus))
                .occurredAt(topUp.occurredAt()));
    TimeEffects.appendDue(books);
    return books.accepted(answer);
  }

  static Decision pay(Posting books, Pay pay) {
    Refusal unpaid = DeductionDecider.pay(books, 0, pay.amount());
    return unpaid == null
        ? books.accepted(books.append(EntryBuilder.of(pay).amount(pay.amount())))
        : Posting.refused(unpaid);
  }

  static Decision exchange(Posting books, Exchange exchange, Program rules) {
    ExchangeRate rate =
        rules.terms().exchanges().stream()
            .filter(it -> it.from().equals(exchange.from()) && it.to().equals(exchange.to()))
            .findFirst()
            .orElse(null);
    if (rate == null) {
      return Posting.refused(new Refusal.NoExchangeRate());
    } else if (exchange.points() % rate.give() != 0) {
      return Posting.refused(new Refusal.ExchangeNotWhole(rate.give()));
    } else if (exchange.points() > books.available(exchange.from())) {
      return Posting.refused(new Refusal.InsufficientPoints(books.available(exchange.from())));
    }
    long times = exchange.points() / rate.give();
    long there = books.available(exchange.to());
    if (times > Limits.POINTS_MAX / rate.get()
        || AccrualDecider.isTooMuch(books, exchange.to(), times * rate.get())) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(there));
    }
    books.debit(exchange.from(), exchange.points());
    books.credit(
        exchange.to(), new Lot(rules.expiryOf(exchange.to(), books.now()), times * rate.get()));
    return books.accepted(books.append(EntryBuilder.of(exchange)));
  }
}
