package points.ledger.domain;

import points.ledger.domain.StoredValueCommand.Exchange;
import points.ledger.domain.StoredValueCommand.Pay;
import points.ledger.domain.StoredValueCommand.TopUp;
import points.ledger.domain.Terms.ExchangeRate;

/** Stored value paid in and out, and points exchanged. */
final class StoredValue {

  private StoredValue() {}

  static Decision decide(Books books, StoredValueCommand command, Program rules) {
    if (command instanceof TopUp topUp) {
      return topUp(books, topUp, rules);
    } else if (command instanceof Pay pay) {
      return pay(books, pay);
    }
    return exchange(books, (Exchange) command, rules);
  }

  private static Decision topUp(Books books, TopUp topUp, Program rules) {
    Terms.StoredValueRule rule = rules.terms().storedValue();
    long bonus = topUp.bonus() == null ? rule.bonusFor(topUp.amount()) : topUp.bonus();
    long points = rule.earning() == null ? 0 : rule.earning().pointsFor(topUp.amount());
    if (Earning.isTooMuch(books, Accounts.STORED_VALUE, topUp.amount() + bonus)
        || Earning.isTooMuch(books, Accounts.POINTS, points)) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    books.credit(Accounts.STORED_VALUE, new Lot(Lot.NEVER, topUp.amount() + bonus));
    books.credit(
        Accounts.POINTS, new Lot(rules.expiryOf(Accounts.POINTS, topUp.occurredAt()), points));
    Entry answer =
        books.append(
            EntryDraft.of(topUp)
                .amount(topUp.amount())
                .detail(new Detail.ToppedUp(bonus))
                .occurredAt(topUp.occurredAt()));
    Settlement.writeDown(books);
    return books.accepted(answer);
  }

  private static Decision pay(Books books, Pay pay) {
    Refusal unpaid = Spending.pay(books, 0, pay.amount());
    return unpaid == null
        ? books.accepted(books.append(EntryDraft.of(pay).amount(pay.amount())))
        : Books.refused(unpaid);
  }

  private static Decision exchange(Books books, Exchange exchange, Program rules) {
    ExchangeRate rate =
        rules.terms().exchanges().stream()
            .filter(it -> it.from().equals(exchange.from()) && it.to().equals(exchange.to()))
            .findFirst()
            .orElse(null);
    if (rate == null) {
      return Books.refused(new Refusal.NoExchangeRate());
    } else if (exchange.points() % rate.give() != 0) {
      return Books.refused(new Refusal.ExchangeNotWhole(rate.give()));
    } else if (exchange.points() > books.available(exchange.from())) {
      return Books.refused(new Refusal.InsufficientPoints(books.available(exchange.from())));
    }
    long times = exchange.points() / rate.give();
    long there = books.available(exchange.to());
    if (times > Limits.POINTS_MAX / rate.get()
        || Earning.isTooMuch(books, exchange.to(), times * rate.get())) {
      return Books.refused(new Refusal.BalanceLimitExceeded(there));
    }
    books.debit(exchange.from(), exchange.points());
    books.credit(
        exchange.to(), new Lot(rules.expiryOf(exchange.to(), books.now()), times * rate.get()));
    return books.accepted(books.append(EntryDraft.of(exchange)));
  }
}
