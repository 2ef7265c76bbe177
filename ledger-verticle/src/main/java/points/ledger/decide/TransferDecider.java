package points.ledger.decide;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import points.ledger.account.Accounts;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.Refusal;
import points.ledger.command.TransferCommand.Receive;
import points.ledger.command.TransferCommand.Send;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Reservation;

/**
 * Decides on points that go from one member to another.
 *
 * <p>Each step is an entry of one member. The first entry has an effect, by which the outbox is
 * sure to carry out the second. Points keep their expiry on the way.
 */
public final class TransferDecider {

  private TransferDecider() {}

  static Decision send(Posting books, Send send) {
    if (send.points() > books.available(Accounts.POINTS)) {
      return Posting.refused(new Refusal.InsufficientPoints(books.available(Accounts.POINTS)));
    }
    books.debit(Accounts.POINTS, send.points());
    var other = new Detail.Counterpart(send.to(), null, 0, 0, false, null);
    return books.accepted(books.append(EntryBuilder.of(send).detail(other)));
  }

  static Decision receive(Posting books, Receive receive) {
    long points = receive.movements().stream().mapToLong(Movement::worth).sum();
    boolean mustGoIn = receive.kind() != Entry.Kind.TRANSFER_IN;
    if (!mustGoIn && AccrualDecider.isTooMuch(books, Accounts.POINTS, points)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    if (receive.other().pending()) {
      books.open(
          Reservation.empty(
              books.nextSequence(),
              Place.PENDING,
              receive.other().endsAt(),
              receive.other().pendingFor(receive.origin())));
    }
    for (Movement movement : receive.movements()) {
      switch (movement.place()) {
        case AVAILABLE -> books.credit(movement.account(), movement.lot());
        case DEBT -> owe(books, movement.account(), movement.points());
        case PENDING ->
            books.move(
                Movement.setAside(
                    movement.account(), Place.PENDING, books.nextSequence(), movement.lot()));
        case HELD -> throw new IllegalArgumentException("holds do not travel: " + receive);
      }
    }
    Entry answer =
        books.append(
            EntryBuilder.of(receive).detail(receive.other()).factsChange(receive.factsChange()));
    TimeEffects.appendDue(books); // it may have expired on the way
    return books.accepted(answer);
  }

  /** Pays the debt of the other member from the points here, before it becomes debt here. */
  private static void owe(Posting books, String account, long points) {
    long there = Math.min(points, books.available(account));
    books.debit(account, there);
    books.move(Movement.debt(account, points - there));
  }

  /** Returns the command by which a transfer arrives at its receiver. */
  public static Receive arriving(Entry out, MemberKey to) {
    return Receive.of(
        to, Entry.Kind.TRANSFER_IN, out.origin(), arriving(out, Place.AVAILABLE, 0), from(out), "");
  }

  /** The same transfer, come back from where it could not stay. */
  public static Receive comingBack(Entry out, MemberKey sender) {
    Entry.Kind kind = Entry.Kind.TRANSFER_RETURN;
    var other = new Detail.Counterpart(String.valueOf(out.counterpart()), null, 0, 0, false, null);
    return new Receive(
        sender,
        Receive.request(sender, kind, out.transactionId()),
        out.origin(),
        kind,
        arriving(out, Place.AVAILABLE, 0),
        other,
        null);
  }

  /**
   * Returns the command by which a merge arrives: all available points, the debt and the lifetime.
   */
  public static Receive merging(Entry out, MemberKey into) {
    LifetimeTotals lived =
        out.detail() == null ? new LifetimeTotals(0, 0) : out.detail().lifetime();
    var other =
        new Detail.Counterpart(
            out.member().memberId(), out.sequence(), lived.earned(), lived.spent(), false, null);
    return Receive.of(
            into, Entry.Kind.MERGE_IN, out.origin(), arriving(out, Place.AVAILABLE, 0), other, "")
        .with(out.factsChange().mirrored());
  }

  /** The entries whose points were pending when the member was merged. */
  public static SortedSet<Long> pendingOf(Entry out) {
    return out.movements().stream()
        .filter(it -> it.place() == Place.PENDING)
        .map(Movement::reserve)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns the command by which pending points of a merge arrive.
   *
   * @param earner the entry that earned it, or by which it had come here
   */
  public static Receive mergingPending(Entry out, MemberKey into, Entry earner) {
    Origin order = earner.pendingFor();
    var other =
        new Detail.Counterpart(
            out.member().memberId(),
            out.sequence(),
            0,
            0,
            true,
            earner.endsAt(),
            order.orderId() == null ? null : order.storeId(),
            order.orderId());
    List<Movement> pending = arriving(out, Place.PENDING, earner.sequence());
    String step = " pending " + earner.sequence();
    return Receive.of(into, Entry.Kind.MERGE_IN, out.origin(), pending, other, step);
  }

  private static Detail.Counterpart from(Entry out) {
    return new Detail.Counterpart(out.member().memberId(), out.sequence(), 0, 0, false, null);
  }

  /**
   * Returns the movements that mirror those of an outgoing entry: of one reserve, or of no reserve.
   */
  static List<Movement> arriving(Entry out, Place place, long reserve) {
    return out.movements().stream()
        .filter(it -> it.reserve() == reserve)
        .filter(it -> (it.place() == Place.PENDING) == (place == Place.PENDING))
        .map(
            it ->
                new Movement(it.account(), it.place(), it.reserve(), it.expiresAt(), -it.points()))
        .toList();
  }
}
