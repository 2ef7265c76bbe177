package points.ledger.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.OrderCommand.Reverse;

/**
 * Undoes one entry: what came in goes out, from where it came in first and else from other lots;
 * what is not there any more is owed. What went out comes back to its lots. An entry of a member
 * that was merged is undone on the one that has its points now.
 */
final class Reversing {

  private final Books books;
  private final Entry entry;
  private final Program rules;
  private final Lapsing lapsing;
  private long expired;
  private long debt;

  private Reversing(Books books, Entry entry, History history, Program rules) {
    this.books = books;
    this.entry = entry;
    this.lapsing = new Lapsing(books, history);
    this.rules = rules;
  }

  static Decision reverse(Books books, Reverse reverse, @Nullable History history, Program rules) {
    MemberKey member = reverse.memberOfEntry();
    if (history == null) {
      return new Decision.Undecided(new Needed.OfEntry(member, reverse.reversed()));
    }
    Optional<Entry> found =
        history
            .find(member, reverse.reversed())
            .filter(it -> history.goesOnAs(member).contains(books.member()));
    if (found.isEmpty()) {
      return Books.refused(new Refusal.TransactionNotFound());
    }
    Entry entry = found.get();
    Optional<Entry> before = history.reversalOf(entry);
    if (before.isPresent()) {
      return Books.refused(new Refusal.AlreadyReversed(before.get().transactionId()));
    }
    if (history.moveOf(entry).isPresent()) {
      return Books.refused(new Refusal.NotReversible(entry.kind(), false));
    }
    boolean refunded =
        entry.kind() != Entry.Kind.REFUND
            && entry.origin().orderId() != null
            && Order.of(history, entry).isRefunded();
    if (refunded || history.isCancelled(entry) || !isReversible(entry.kind())) {
      return Books.refused(new Refusal.NotReversible(entry.kind(), refunded));
    }
    return new Reversing(books, entry, history, rules).decide(reverse);
  }

  /** Others are ended or undone in ways of their own, or are what time did. */
  static boolean isReversible(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL, DEDUCTION, ADJUSTMENT, CAPTURE, REFUND, TOP_UP, PAYMENT, EXCHANGE, OPENING ->
          true;
      default -> false;
    };
  }

  private Decision decide(Reverse reverse) {
    long stored = books.available(Accounts.STORED_VALUE);
    if (entry.worth(Accounts.STORED_VALUE) > stored) {
      return Books.refused(new Refusal.InsufficientStoredValue(stored));
    }
    List<Movement> movements = entry.movements();
    for (Movement movement : movements) {
      if (movement.worth() < 0) {
        long gone = giveBack(books, movement, rules);
        expired += movement.account().equals(Accounts.POINTS) ? gone : 0;
      }
    }
    for (Movement movement : movements) {
      if (movement.worth() > 0) {
        takeBack(movement);
      }
    }
    Lifetime lifetime = Lifetime.of(entry).negated();
    String merged = reverse.ofMerged();
    var detail =
        new Detail.Reversed(
            lifetime.earned(),
            lifetime.spent(),
            expired,
            debt,
            lapsing.sums(),
            merged,
            lapsing.lots());
    Long own = merged == null ? entry.sequence() : null;
    return books.accepted(books.append(EntryDraft.of(reverse).refersTo(own).detail(detail)));
  }

  /**
   * Gives back what a movement took, into its lot. What it left owing is not owed any more; where
   * that was repaid meanwhile, new points come.
   *
   * @return how much of it has expired meanwhile, and so does not come back
   */
  static long giveBack(Books books, Movement movement, Program rules) {
    String account = movement.account();
    Instant expiresAt =
        movement.place() == Place.DEBT
            ? rules.expiryOf(account, books.now())
            : movement.expiresAt();
    return books.giveBack(account, new Lot(expiresAt, Math.abs(movement.points())));
  }

  private void takeBack(Movement movement) {
    String account = movement.account();
    long left = Math.abs(movement.points());
    Optional<Reserve> pending =
        movement.place() == Place.PENDING ? books.pendingOf(entry) : Optional.empty();
    if (pending.isPresent()) {
      long there = pending.get().of(account).of(movement.expiresAt());
      long part = Math.min(left, there);
      left -= part;
      var lot = new Lot(movement.expiresAt(), -part);
      books.move(Movement.setAside(account, Place.PENDING, pending.get().sequence(), lot));
    }
    Lot due = new Lot(movement.expiresAt(), left);
    left -= lapsing.lapse(account, due, entry.member(), 0);
    long missing = left == 0 ? 0 : books.takeBack(account, new Lot(movement.expiresAt(), left));
    if (!account.equals(Accounts.GROWTH)) { // growth that is not there any more is let go
      books.move(Movement.debt(account, missing));
      debt += account.equals(Accounts.POINTS) ? missing : 0;
    }
  }
}
