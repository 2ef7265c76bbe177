package points.ledger.domain;

import java.util.List;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.TransferCommand.Receive;
import points.ledger.domain.TransferCommand.Send;

/**
 * Points that go from one member to another. Each step is an entry of one member; the first leaves
 * an effect behind by which the second is sure to follow. Points keep their expiry on the way.
 */
final class Transferring {

  private Transferring() {}

  static Decision decide(Books books, TransferCommand command) {
    return command instanceof Send send ? send(books, send) : receive(books, (Receive) command);
  }

  private static Decision send(Books books, Send send) {
    if (send.points() > books.available(Accounts.POINTS)) {
      return Books.refused(new Refusal.InsufficientPoints(books.available(Accounts.POINTS)));
    }
    books.debit(Accounts.POINTS, send.points());
    var other = new Detail.Counterpart(send.to(), null, 0, 0, false, null);
    return books.accepted(books.append(EntryDraft.of(send).detail(other)));
  }

  private static Decision receive(Books books, Receive receive) {
    long points = receive.movements().stream().mapToLong(Movement::worth).sum();
    boolean mustGoIn = receive.kind() != Entry.Kind.TRANSFER_IN;
    if (!mustGoIn && Earning.isTooMuch(books, Accounts.POINTS, points)) {
      return Books.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    if (receive.other().pending()) {
      books.open(
          Reserve.empty(
              books.nextSequence(), Place.PENDING, receive.other().endsAt(), receive.origin()));
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
    Entry answer = books.append(EntryDraft.of(receive).detail(receive.other()));
    Settlement.writeDown(books); // it may have expired on the way
    return books.accepted(answer);
  }

  /** What another owed is paid from what is here, before it is owed. */
  private static void owe(Books books, String account, long points) {
    long there = Math.min(points, books.available(account));
    books.debit(account, there);
    books.move(Movement.debt(account, points - there));
  }

  /**
   * What is to come in elsewhere for what went out here: all that is available and owed first, then
   * what is pending, apart for each entry that earned it.
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
