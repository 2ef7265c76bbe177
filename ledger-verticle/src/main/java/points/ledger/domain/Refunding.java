package points.ledger.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.OrderCommand.Refund;

/**
 * Refunds. What is due of each account is reckoned from all that has come back of the sale so far
 * ({@link Returned}), less what refunds before it did: by one rule for all that was earned and all
 * that was spent. So any sequence of parts ends exactly where one whole refund would.
 */
final class Refunding {

  private final Books books;
  private final Refund refund;
  private final Program rules;
  private final Order order;
  private final TreeMap<String, Long> takenBack = new TreeMap<>();
  private final TreeMap<String, Long> givenBack = new TreeMap<>();
  private final TreeMap<String, Long> expired = new TreeMap<>();
  private final TreeMap<String, Long> lapsed = new TreeMap<>();
  private final TreeMap<String, Long> owed = new TreeMap<>();
  private long shortfall;

  private Refunding(Books books, Refund refund, Order order, Program rules) {
    this.books = books;
    this.refund = refund;
    this.order = order;
    this.rules = rules;
  }

  static Decision refund(Books books, Refund refund, @Nullable History history, Program rules) {
    if (refund.isElsewhere() && !rules.terms().refunds().anyStore()) {
      return Books.refused(new Refusal.RefundStoreNotAllowed());
    }
    if (history == null) {
      return new Decision.Undecided(refund.order());
    }
    if (history.size() >= Limits.ENTRIES_OF_ORDER_MAX) {
      return Books.refused(new Refusal.OrderTooLong());
    }
    return new Refunding(books, refund, Order.of(history, refund.orderPart()), rules).decide();
  }

  private Decision decide() {
    if (order.isUnknown()) {
      return Books.refused(new Refusal.OrderNotFound());
    } else if (order.isOfSeveralMembers()) {
      return Books.refused(new Refusal.OrderOfSeveralMembers());
    }
    var asked = new RefundRequest(refund, order);
    ReturnedPart part = asked.part();
    Refusal refusal = asked.refusal();
    if (refusal == null) {
      refusal = move(order.returned().plus(part));
    }
    if (refusal != null) {
      return Books.refused(refusal);
    }
    List<EarnedLine> lines = lines(part);
    long amount = lines.stream().mapToLong(it -> it.line().amount()).sum();
    if (amount == 0 && takenBack.isEmpty() && givenBack.isEmpty()) {
      return Books.refused(asked.ofNothing());
    }
    return books.accepted(
        books.append(EntryDraft.of(refund).amount(amount).lines(lines).detail(detail(part))));
  }

  private @Nullable Refusal move(Returned after) {
    for (String account : order.accounts()) {
      giveBack(account, order.toGiveBack(account, after));
    }
    for (String account : order.accounts()) {
      Refusal refusal = takeBack(account, order.toTakeBack(account, after));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private Detail.Refunded detail(ReturnedPart part) {
    return new Detail.Refunded(
        refund.refundId(),
        takenBack,
        givenBack,
        expired.getOrDefault(Accounts.POINTS, 0L),
        owed.getOrDefault(Accounts.POINTS, 0L),
        shortfall,
        charge(),
        order.returned().plus(part).isWhole(),
        new Detail.Refunded.Basis(order.part(), part.by(), part.unnamed(), expired, lapsed, owed),
        refund.isElsewhere() ? refund.refundStoreId() : null);
  }

  /** The money that all points are worth that were to be charged so far, less what was charged. */
  private long charge() {
    Terms.PointValue value = rules.terms().refunds().pointValue();
    return shortfall == 0
        ? 0
        : Math.max(
            0, value.of(order.refunds().shortfall() + shortfall) - order.refunds().charged());
  }

  /** The points that are taken back, shared over the lines that come back by what each earned. */
  private List<EarnedLine> lines(ReturnedPart part) {
    List<Order.Sold> sold = part.amounts().keySet().stream().map(order.lines()::get).toList();
    long[] amounts = part.amounts().values().stream().mapToLong(it -> it).toArray();
    long points = takenBack.getOrDefault(Accounts.POINTS, 0L);
    long[] shares = Shares.of(points, Order.claims(sold, amounts));
    var lines = new ArrayList<EarnedLine>(sold.size());
    for (int i = 0; i < shares.length; i++) {
      var line = new Line(sold.get(i).lineId(), "", null, 0, amounts[i]);
      lines.add(new EarnedLine(line, shares[i]));
    }
    return List.copyOf(lines);
  }

  /** To the lots that they came from; those that have expired only with a grace. */
  private void giveBack(String account, long points) {
    if (points == 0) {
      return;
    }
    givenBack.put(account, points);
    for (Lot lot : order.spent(account).next(points)) {
      add(expired, account, books.giveBack(account, new Lot(expiryOnReturn(lot), lot.points())));
    }
  }

  private static void add(Map<String, Long> sums, String account, long points) {
    if (points > 0) {
      sums.merge(account, points, Long::sum);
    }
  }

  private Instant expiryOnReturn(Lot lot) {
    var grace = rules.terms().refunds().returnGrace();
    return grace == null || !lot.hasExpiredBy(books.now())
        ? lot.expiresAt()
        : new Validity.Rolling(grace).expiryOf(books.now(), rules.timeZone());
  }

  private @Nullable Refusal takeBack(String account, long points) {
    if (points == 0) {
      return null;
    }
    takenBack.put(account, points);
    long missing = takeBack(account, points, order.earner(account).orElseThrow());
    if (missing > 0 && account.equals(Accounts.STORED_VALUE)) {
      return new Refusal.InsufficientStoredValue(points - missing);
    }
    owe(account, missing);
    return null;
  }

  /**
   * From what is pending first, then from the lot that was earned, then from others. What of the
   * lot has expired unspent is neither there nor owed: nobody could use it.
   */
  private long takeBack(String account, long points, Entry earner) {
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
    long unspent =
        books.expired(account, expiresAt, order.history(), earner.member())
            - order.refunds().lapsed(account);
    long gone = Math.max(0, Math.min(left, unspent));
    add(lapsed, account, gone);
    return left == gone ? 0 : books.takeBack(account, new Lot(expiresAt, left - gone));
  }

  /**
   * What was spent already is charged or owed; growth that is not there any more is let go. Points
   * that are only held are never charged: a release repays the debt, a capture leaves it.
   */
  private void owe(String account, long missing) {
    if (missing == 0 || account.equals(Accounts.GROWTH)) {
      return;
    }
    long charged = 0;
    if (account.equals(Accounts.POINTS) && rules.terms().refunds().charges()) {
      charged = missing - Math.min(missing, heldBeyondDebt(account));
      shortfall += charged;
    }
    books.move(Movement.debt(account, missing - charged));
    add(owed, account, missing - charged);
  }

  private long heldBeyondDebt(String account) {
    return Math.max(0, books.state().setAside(account, Place.HELD) - books.debt(account));
  }
}
