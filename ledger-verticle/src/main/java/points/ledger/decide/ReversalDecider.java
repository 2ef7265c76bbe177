package points.ledger.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.FactsChange;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.MemberKey;
import points.ledger.model.Reservation;
import points.ledger.order.RefundableOrder;
import points.ledger.order.ReturnedFacts;
import points.ledger.program.Program;
import points.ledger.tier.TierChange;

/**
 * Undoes one entry, on the member that has its points now.
 *
 * <p>Points that the entry brought are taken from the lots into which they came, then from other
 * lots. If they are not there any more, the member owes them. Points that the entry took come back
 * to their lots.
 */
final class ReversalDecider {

  private final Posting books;
  private final Entry entry;
  private final Program rules;
  private final Lapsing lapsing;
  private long expired;
  private long debt;

  private ReversalDecider(Posting books, Entry entry, EntryHistory history, Program rules) {
    this.books = books;
    this.entry = entry;
    this.lapsing = new Lapsing(books, history);
    this.rules = rules;
  }

  static Decision reverse(
      Posting books, Reverse reverse, @Nullable EntryHistory history, Program rules) {
    MemberKey member = reverse.memberOfEntry();
    if (history == null) {
      return new Decision.NeedsHistory(new HistoryQuery.OfEntry(member, reverse.reversed()));
    }
    Optional<Entry> found =
        history
            .find(member, reverse.reversed())
            .filter(it -> history.goesOnAs(member).contains(books.member()));
    if (found.isEmpty()) {
      return Posting.refused(new Refusal.TransactionNotFound());
    }
    Entry entry = found.get();
    Optional<Entry> before = history.reversalOf(entry);
    if (before.isPresent()) {
      return Posting.refused(new Refusal.AlreadyReversed(before.get().transactionId()));
    }
    if (history.moveOf(entry).isPresent()) {
      return Posting.refused(new Refusal.NotReversible(entry.kind(), false));
    }
    boolean refunded =
        entry.kind() != Entry.Kind.REFUND
            && entry.origin().orderId() != null
            && RefundableOrder.of(history, entry).isRefunded();
    if (refunded || history.isCancelled(entry) || !entry.kind().is(EntryTrait.REVERSIBLE)) {
      return Posting.refused(new Refusal.NotReversible(entry.kind(), refunded));
    }
    TierChange tier = TierChange.NONE;
    if (!entry.factsChange().tier().floors().isEmpty()) {
      TierChange undone = TierDecider.undone(books, entry);
      if (undone == null) {
        return Posting.refused(new Refusal.NotReversible(entry.kind(), false));
      }
      tier = undone;
    }
    return new ReversalDecider(books, entry, history, rules).decide(reverse, tier);
  }

  /**
   * @param tier the change by which a bought level is given back; none mostly
   */
  private Decision decide(Reverse reverse, TierChange tier) {
    long stored = books.available(Accounts.STORED_VALUE);
    if (entry.worth(Accounts.STORED_VALUE) > stored) {
      return Posting.refused(new Refusal.InsufficientStoredValue(stored));
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
    LifetimeTotals lifetime = LifetimeTotals.of(entry).negated();
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
    FactsChange facts = ReturnedFacts.whole(entry, books.now(), books.budgets());
    Long own = merged == null ? entry.sequence() : null;
    return books.accepted(
        books.append(
            EntryBuilder.of(reverse)
                .refersTo(own)
                .detail(detail)
                .factsChange(tier.isNone() ? facts : facts.with(tier))));
  }

  /**
   * Returns to their lot the points that a movement took. Debt that the movement left is cancelled;
   * if the debt was repaid meanwhile, new points are credited for it.
   *
   * @return how much of it has expired meanwhile, and so does not come back
   */
  static long giveBack(Posting books, Movement movement, Program rules) {
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
    Optional<Reservation> pending =
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
