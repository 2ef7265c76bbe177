package points.ledger.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Movement.Place;

/** Points for spend. What an order pays with is taken before it earns. */
final class Earning {

  private final Books books;
  private final Accrue accrue;
  private final Program rules;

  private Earning(Books books, Accrue accrue, Program rules) {
    this.books = books;
    this.accrue = accrue;
    this.rules = rules;
  }

  static Decision accrue(Books books, Accrue accrue, Program rules) {
    return new Earning(books, accrue, rules).decide();
  }

  private Decision decide() {
    Refusal unpaid = Spending.pay(books, accrue.terms().points(), accrue.terms().storedValue());
    if (unpaid != null) {
      return Books.refused(unpaid);
    }
    long points = rules.earning().pointsFor(accrue.amount());
    if (isTooMuch(books, Accounts.POINTS, points)) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    if (isPending()) {
      if (books.state().reserves().size() >= Limits.RESERVES_MAX) {
        return Books.refused(new Refusal.TooMuchSetAside());
      }
      books.open(
          Reserve.empty(
              books.nextSequence(), Place.PENDING, accrue.terms().effectiveAt(), accrue.origin()));
    }
    earn(Accounts.POINTS, points);
    if (!earnOthers()) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    Entry answer =
        books.append(
            EntryDraft.of(accrue)
                .amount(accrue.amount())
                .lines(share(accrue.lines(), points))
                .detail(detail())
                .occurredAt(accrue.occurredAt()));
    Settlement.writeDown(books); // an order may come in so late that its points have expired
    return books.accepted(answer);
  }

  /** What is effective by now is spendable at once, however the till asked for it. */
  private boolean isPending() {
    Instant effectiveAt = accrue.terms().effectiveAt();
    return accrue.terms().pending() && (effectiveAt == null || effectiveAt.isAfter(books.now()));
  }

  private @Nullable Detail detail() {
    SaleTerms terms = accrue.terms();
    return terms.pending() ? new Detail.SetAside(terms.effectiveAt()) : null;
  }

  private boolean earnOthers() {
    EarningRule growth = rules.terms().growth();
    if (growth != null && !earnOther(Accounts.GROWTH, growth)) {
      return false;
    }
    for (Map.Entry<String, PointCurrency> other : rules.terms().currencies().entrySet()) {
      EarningRule rule = other.getValue().earning();
      if (rule != null && !earnOther(other.getKey(), rule)) {
        return false;
      }
    }
    return true;
  }

  private boolean earnOther(String account, EarningRule rule) {
    long points = rule.pointsFor(accrue.amount());
    if (isTooMuch(books, account, points)) {
      return false;
    }
    earn(account, points);
    return true;
  }

  private void earn(String account, long points) {
    Instant expiresAt = rules.expiryOf(account, accrue.occurredAt());
    var lot = new Lot(expiresAt, points);
    if (isPending()) {
      books.move(Movement.setAside(account, Place.PENDING, books.nextSequence(), lot));
    } else {
      books.credit(account, lot);
    }
  }

  /** Whether these points would take an account, or the sum of a life, beyond its limit. */
  static boolean isTooMuch(Books books, String account, long points) {
    MemberState state = books.state();
    long there =
        books.available(account)
            + state.setAside(account, Place.HELD)
            + state.setAside(account, Place.PENDING);
    return points > Limits.POINTS_MAX - there
        || (account.equals(Accounts.POINTS) && points > Long.MAX_VALUE - state.lifetimeEarned());
  }

  private static List<EarnedLine> share(List<Line> lines, long points) {
    if (lines.isEmpty()) {
      return List.of();
    }
    long[] shares = Shares.of(points, lines.stream().mapToLong(Line::amount).toArray());
    var earned = new ArrayList<EarnedLine>(lines.size());
    for (int i = 0; i < shares.length; i++) {
      earned.add(new EarnedLine(lines.get(i), shares[i]));
    }
    return List.copyOf(earned);
  }
}
