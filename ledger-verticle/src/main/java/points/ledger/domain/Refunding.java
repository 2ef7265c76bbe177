package points.ledger.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.OrderCommand.Refund;
import points.ledger.domain.OrderCommand.RefundedLine;

/**
 * Refunds. What is due is reckoned from all that has come back of the order so far, less what was
 * done before: {@code floor(earned × refunded / sold)} by line for points, by order for all else.
 * So any sequence of partial refunds ends exactly where one whole refund would.
 */
final class Refunding {

  private final Books books;
  private final Refund refund;
  private final Program rules;
  private final Order order;
  private final TreeMap<String, Long> takenBack = new TreeMap<>();
  private final TreeMap<String, Long> givenBack = new TreeMap<>();
  private long expired;
  private long debt;
  private long shortfall;

  private Refunding(Books books, Refund refund, Order order, Program rules) {
    this.books = books;
    this.refund = refund;
    this.order = order;
    this.rules = rules;
  }

  static Decision refund(Books books, Refund refund, @Nullable History history, Program rules) {
    if (history == null) {
      return new Decision.Undecided(refund.order());
    }
    if (history.entries().size() >= Limits.ENTRIES_OF_ORDER_MAX) {
      return Books.refused(new Refusal.OrderTooLong());
    }
    return new Refunding(books, refund, Order.of(history), rules).decide();
  }

  private Decision decide() {
    if (order.isUnknown()) {
      return Books.refused(new Refusal.OrderNotFound());
    } else if (order.isOfSeveralMembers()) {
      return Books.refused(new Refusal.OrderOfSeveralMembers());
    }
    var amounts = new long[order.lines().size()];
    Refusal refusal = fill(amounts);
    if (refusal != null) {
      return Books.refused(refusal);
    }
    List<EarnedLine> lines = lines(amounts);
    long amount = lines.stream().mapToLong(it -> it.line().amount()).sum();
    boolean whole = isWhole(amount);
    giveBack(amount, whole);
    refusal = takeBack(amount, whole, lines);
    if (refusal != null) {
      return Books.refused(refusal);
    }
    long charge = shortfall == 0 ? 0 : rules.terms().refunds().pointValue().of(shortfall);
    var detail =
        new Detail.Refunded(
            refund.refundId(), takenBack, givenBack, expired, debt, shortfall, charge, whole);
    return books.accepted(
        books.append(EntryDraft.of(refund).amount(amount).lines(lines).detail(detail)));
  }

  /** Says how much of each line comes back. */
  private @Nullable Refusal fill(long[] amounts) {
    List<Order.Sold> sold = order.lines();
    if (refund.amount() != null) {
      long left = order.amount() - order.refunded();
      if (refund.amount() > left) {
        return new Refusal.RefundExceedsOrder(null, left);
      }
      long[] shares =
          Shares.of(refund.amount(), sold.stream().mapToLong(Order.Sold::left).toArray());
      System.arraycopy(shares, 0, amounts, 0, shares.length);
      return null;
    }
    if (refund.lines().isEmpty()) {
      if (order.isWhollyRefunded()) {
        return new Refusal.OrderAlreadyRefunded();
      }
      for (int i = 0; i < amounts.length; i++) {
        amounts[i] = sold.get(i).left();
      }
      return null;
    }
    return fillByLines(amounts);
  }

  private @Nullable Refusal fillByLines(long[] amounts) {
    for (RefundedLine line : refund.lines()) {
      Order.Sold sold = order.line(line.lineId()).orElse(null);
      if (sold == null || line.lineId().isEmpty()) {
        return new Refusal.LineNotFound(line.lineId());
      }
      long amount = line.amount() == null ? sold.left() : line.amount();
      if (amount > sold.left()) {
        return new Refusal.RefundExceedsOrder(line.lineId(), sold.left());
      }
      amounts[order.lines().indexOf(sold)] = amount;
    }
    return null;
  }

  private List<EarnedLine> lines(long[] amounts) {
    var lines = new ArrayList<EarnedLine>();
    for (int i = 0; i < amounts.length; i++) {
      Order.Sold sold = order.lines().get(i);
      long points = sold.takenBackFor(amounts[i]);
      if (amounts[i] > 0 || points > 0) {
        lines.add(new EarnedLine(new Line(sold.lineId(), "", null, 0, amounts[i]), points));
      }
    }
    return List.copyOf(lines);
  }

  /** Nothing is left of the order; one that was worth nothing comes back whole or not at all. */
  private boolean isWhole(long amount) {
    boolean asked = refund.amount() == null && refund.lines().isEmpty();
    return asked || (order.amount() > 0 && order.refunded() + amount == order.amount());
  }

  /** Of something that goes by the whole order, the part that is due by now. */
  private long due(long total, long amount, boolean whole) {
    if (whole) {
      return total;
    }
    return order.amount() == 0 ? 0 : Shares.upTo(order.refunded() + amount, order.amount(), total);
  }

  private void giveBack(long amount, boolean whole) {
    for (String account : order.accounts()) {
      List<Lot> spent = order.spent(account);
      long before = order.givenBack(account);
      long total = spent.stream().mapToLong(Lot::points).sum();
      long points = Math.max(0, due(total, amount, whole) - before);
      if (points > 0) {
        givenBack.put(account, points);
        giveBack(account, spent, before, points);
      }
    }
  }

  /** To the lots that they came from; those that have expired only with a grace. */
  private void giveBack(String account, List<Lot> spent, long before, long points) {
    long skip = before;
    long left = points;
    for (Lot lot : spent) {
      long skipped = Math.min(skip, lot.points());
      skip -= skipped;
      long part = Math.min(left, lot.points() - skipped);
      left -= part;
      if (part > 0) {
        long gone = books.giveBack(account, new Lot(expiryOnReturn(lot), part));
        expired += account.equals(Accounts.POINTS) ? gone : 0;
      }
    }
  }

  private Instant expiryOnReturn(Lot lot) {
    var grace = rules.terms().refunds().returnGrace();
    return grace == null || !lot.hasExpiredBy(books.now())
        ? lot.expiresAt()
        : new Validity.Rolling(grace).expiryOf(books.now(), rules.timeZone());
  }

  private @Nullable Refusal takeBack(long amount, boolean whole, List<EarnedLine> lines) {
    for (String account : order.accounts()) {
      long points =
          account.equals(Accounts.POINTS)
              ? lines.stream().mapToLong(EarnedLine::points).sum()
              : Math.max(0, due(order.earned(account), amount, whole) - order.takenBack(account));
      if (points > 0) {
        takenBack.put(account, points);
        long missing = takeBack(account, points);
        if (missing > 0 && account.equals(Accounts.STORED_VALUE)) {
          return new Refusal.InsufficientStoredValue(points - missing);
        }
        owe(account, missing);
      }
    }
    return null;
  }

  private long takeBack(String account, long points) {
    Entry earner = order.earner(account).orElseThrow();
    Reserve pending = books.state().reserve(earner.sequence(), Place.PENDING).orElse(null);
    long left = points;
    if (pending != null && earner.member().equals(books.member())) {
      for (Lot lot : pending.of(account).byExpiry()) {
        long part = Math.min(left, lot.points());
        left -= part;
        books.move(
            Movement.setAside(
                account, Place.PENDING, pending.sequence(), new Lot(lot.expiresAt(), -part)));
      }
    }
    Instant expiresAt =
        earner.movements().stream()
            .filter(it -> it.account().equals(account) && it.worth() > 0)
            .filter(it -> it.place() != Place.DEBT)
            .map(Movement::expiresAt)
            .findFirst()
            .orElse(Lot.NEVER);
    return left == 0 ? 0 : books.takeBack(account, new Lot(expiresAt, left));
  }

  /** What was spent already; growth that is not there any more is let go. */
  private void owe(String account, long missing) {
    if (missing == 0 || account.equals(Accounts.GROWTH)) {
      return;
    }
    if (account.equals(Accounts.POINTS) && rules.terms().refunds().charges()) {
      shortfall += missing;
      return;
    }
    books.move(Movement.debt(account, missing));
    debt += account.equals(Accounts.POINTS) ? missing : 0;
  }
}
