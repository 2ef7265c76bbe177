package points.ledger.decide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.EntryHistory;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.RefundShare;
import points.ledger.model.Reservation;
import points.ledger.order.OrderShare;
import points.ledger.order.RefundSelection;
import points.ledger.order.RefundableOrder;
import points.ledger.order.Returned;
import points.ledger.order.ReturnedFacts;
import points.ledger.order.ReturnedPart;
import points.ledger.order.SoldLine;
import points.ledger.order.SpentLots;
import points.ledger.program.Program;
import points.ledger.program.Terms;
import points.ledger.rules.ProRata;

/**
 * Decides refunds: the points due for all that has come back ({@link Returned}), less earlier ones.
 * Example: 33.33 and then 66.67 of an order of 100.00 that earned 10 points come back. The first
 * refund takes 3 points, the second 10 − 3 = 7, as one refund of all would have taken 10.
 */
final class RefundDecider {

  private final Posting books;
  private final Refund refund;
  private final Program rules;
  private final RefundableOrder order;
  private final OrderShare own;
  private final List<RefundShare> others = new ArrayList<>();
  private final TreeMap<String, Long> takenBack = new TreeMap<>();
  private final TreeMap<String, Long> givenBack = new TreeMap<>();
  private final TreeMap<String, Long> expired = new TreeMap<>();
  private final Lapsing lapsing;
  private final TreeMap<String, Long> owed = new TreeMap<>();
  private long shortfall;

  private RefundDecider(Posting books, Refund refund, RefundableOrder order, Program rules) {
    this.books = books;
    this.refund = refund;
    this.order = order;
    this.own = order.shareOf(memberOf(refund, order));
    this.rules = rules;
    this.lapsing = new Lapsing(books, order.history());
  }

  private static MemberKey memberOf(Refund refund, RefundableOrder order) {
    return refund.share() == null
        ? order.main()
        : new MemberKey(refund.member().programId(), refund.share().memberId());
  }

  static Decision refund(
      Posting books, Refund refund, @Nullable EntryHistory history, Program rules) {
    if (refund.share() == null && refund.isElsewhere() && !rules.terms().refunds().anyStore()) {
      return Posting.refused(new Refusal.RefundStoreNotAllowed());
    }
    if (history == null) {
      return new Decision.NeedsHistory(refund.order());
    }
    RefundableOrder order = RefundableOrder.of(history, refund.orderPart());
    if (refund.share() != null) {
      return order.isUnknown()
          ? Posting.refused(new Refusal.OrderNotFound())
          : new RefundDecider(books, refund, order, rules).carryOut(refund.share());
    } else if (history.size() >= Limits.ENTRIES_OF_ORDER_MAX) {
      return Posting.refused(new Refusal.OrderTooLong());
    } else if (order.isUnknown() || history.hasSaleOnItsWay() || isOfAnother(refund, order)) {
      return Posting.refused(new Refusal.OrderNotFound());
    }
    return new RefundDecider(books, refund, order, rules).decide();
  }

  /** An accrual has come since it was asked whose the order is, or its sale has moved. */
  private static boolean isOfAnother(Refund refund, RefundableOrder order) {
    return refund.onlyOf() != null && !refund.onlyOf().equals(order.main().memberId());
  }

  /**
   * Applies the share as computed with its refund. Points that are not there are owed: the till has
   * its answer. Points that came back otherwise meanwhile do not come back again.
   */
  private Decision carryOut(RefundShare share) {
    share
        .givenBack()
        .forEach(
            (account, points) -> giveBack(account, Math.min(points, own.spent(account).left())));
    share
        .takenBack()
        .forEach(
            (account, points) ->
                own.earner(account)
                    .ifPresent(
                        earner -> {
                          takenBack.put(account, points);
                          owe(account, takeBack(account, points, earner));
                        }));
    var nothing = new ReturnedPart(RefundedBy.LINES, new TreeMap<>(), 0);
    return books.accepted(books.append(EntryBuilder.of(refund).detail(detail(nothing))));
  }

  private Decision decide() {
    var asked = new RefundSelection(refund, order);
    ReturnedPart part = asked.part();
    Returned after = order.returned().plus(part);
    Refusal refusal = asked.refusal();
    if (refusal == null) {
      refusal = move(after);
    }
    if (refusal != null) {
      return Posting.refused(refusal);
    }
    List<EarnedLine> lines = lines(part);
    long amount = lines.stream().mapToLong(it -> it.line().amount()).sum();
    if (amount == 0 && takenBack.isEmpty() && givenBack.isEmpty() && others.isEmpty()) {
      return Posting.refused(asked.ofNothing());
    }
    return books.accepted(
        books.append(
            EntryBuilder.of(refund)
                .amount(amount)
                .lines(lines)
                .detail(detail(part))
                .factsChange(ReturnedFacts.by(order, after, books.now(), books.budgets()))));
  }

  private @Nullable Refusal move(Returned after) {
    for (MemberKey member : order.members()) {
      RefundShare share = order.shareOf(member).due(after);
      if (!member.equals(order.main()) && !share.isEmpty()) {
        others.add(share);
      }
    }
    for (String account : own.accounts()) {
      giveBack(account, own.toGiveBack(account, after));
    }
    for (String account : own.accounts()) {
      Refusal refusal = takeBack(account, own.toTakeBack(account, after));
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
        new Detail.Refunded.Basis(
            order.part(),
            part.by(),
            part.unnamed(),
            expired,
            lapsing.sums(),
            owed,
            List.copyOf(others),
            refund.share() == null ? null : refund.share().memberId(),
            lapsing.lots()),
        refund.isElsewhere() ? refund.refundStoreId() : null);
  }

  /** {@code value of (all shortfalls of the order so far) - money charged so far}, at least 0. */
  private long charge() {
    Terms.PointValue value = rules.terms().refunds().pointValue();
    return shortfall == 0
        ? 0
        : Math.max(
            0, value.of(order.refunds().shortfall() + shortfall) - order.refunds().charged());
  }

  /** The points that are taken back, shared over the lines that come back by what each earned. */
  private List<EarnedLine> lines(ReturnedPart part) {
    List<SoldLine> sold = part.amounts().keySet().stream().map(order.lines()::get).toList();
    long[] amounts = part.amounts().values().stream().mapToLong(it -> it).toArray();
    long points = takenBack.getOrDefault(Accounts.POINTS, 0L);
    long[] shares = ProRata.of(points, SoldLine.claims(sold, amounts));
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
    List<SpentLots.Part> parts = own.spent(account).next(points);
    if (parts.stream().mapToLong(it -> it.lot().points()).sum() != points) {
      throw new IllegalStateException("not paid by the order: all of " + points + " " + account);
    }
    givenBack.put(account, points);
    for (SpentLots.Part part : parts) {
      Lot back = new Lot(expiryOnReturn(account, part), part.lot().points());
      add(expired, account, books.giveBack(account, back));
    }
  }

  private static void add(Map<String, Long> sums, String account, long points) {
    if (points > 0) {
      sums.merge(account, points, Long::sum);
    }
  }

  /** Returns the expiry of points given back: that of new points for debt, which had no lot. */
  private Instant expiryOnReturn(String account, SpentLots.Part part) {
    return part.owed()
        ? rules.expiryOf(account, books.now())
        : rules.expiryOnReturn(part.lot(), books.now());
  }

  private @Nullable Refusal takeBack(String account, long points) {
    if (points == 0) {
      return null;
    }
    takenBack.put(account, points);
    long missing = takeBack(account, points, own.earner(account).orElseThrow());
    if (missing > 0 && account.equals(Accounts.STORED_VALUE)) {
      return new Refusal.InsufficientStoredValue(points - missing);
    }
    owe(account, missing);
    return null;
  }

  /** From pending points first, then the earned lot, then others; lapsed points are not owed. */
  private long takeBack(String account, long points, Entry earner) {
    Reservation pending = books.pendingOf(earner).orElse(null);
    long left = points;
    if (pending != null) {
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
    Lot due = new Lot(expiresAt, left);
    long unknown = own.lapsedOfUnknownLots(account);
    long gone = lapsing.lapse(account, due, earner.member(), unknown);
    return left == gone ? 0 : books.takeBack(account, new Lot(expiresAt, left - gone));
  }

  /**
   * Charges or owes points spent already; growth that is gone is dropped. Points that are only held
   * are never charged: a release repays the debt, a capture leaves it.
   */
  private void owe(String account, long missing) {
    if (missing == 0 || account.equals(Accounts.GROWTH)) {
      return;
    }
    long charged = 0;
    boolean isOwn = refund.share() == null;
    if (isOwn && account.equals(Accounts.POINTS) && rules.terms().refunds().charges()) {
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
