package points.ledger.decide;

import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement.Place;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.HoldCommand;
import points.ledger.command.HoldCommand.Capture;
import points.ledger.command.HoldCommand.Release;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Reservation;
import points.ledger.order.ReturnedFacts;

/** Decides on points that are set aside for a time: holds, and accruals that are pending. */
final class HoldDecider {

  private HoldDecider() {}

  static Decision place(Posting books, HoldCommand.Place place) {
    if (place.storedValue() > books.available(Accounts.STORED_VALUE)) {
      return Posting.refused(
          new Refusal.InsufficientStoredValue(books.available(Accounts.STORED_VALUE)));
    }
    if (place.points() > books.available(Accounts.POINTS)) {
      return Posting.refused(new Refusal.InsufficientPoints(books.available(Accounts.POINTS)));
    }
    if (books.state().reserves().size() >= Limits.RESERVES_MAX) {
      return Posting.refused(new Refusal.TooManyReservations());
    }
    long sequence = books.nextSequence();
    var terms = new Detail.SetAside(books.now().plus(place.ttl()));
    books.open(Reservation.empty(sequence, Place.HELD, terms.endsAt(), place.origin()));
    books.hold(Accounts.POINTS, place.points(), sequence);
    books.hold(Accounts.STORED_VALUE, place.storedValue(), sequence);
    return books.accepted(books.append(EntryBuilder.of(place).detail(terms)));
  }

  static Decision capture(Posting books, Capture capture, @Nullable EntryHistory history) {
    Optional<Reservation> hold = books.state().reserve(capture.hold(), Place.HELD);
    return hold.isPresent()
        ? capture(books, capture, hold.get())
        : ended(books, Entry.Kind.HOLD, capture.hold(), history);
  }

  static Decision release(Posting books, Release release, @Nullable EntryHistory history) {
    Optional<Reservation> hold = books.state().reserve(release.hold(), Place.HELD);
    return hold.isPresent()
        ? release(books, release, hold.get())
        : ended(books, Entry.Kind.HOLD, release.hold(), history);
  }

  private static Decision capture(Posting books, Capture capture, Reservation hold) {
    Lots points = hold.of(Accounts.POINTS);
    Lots storedValue = hold.of(Accounts.STORED_VALUE);
    long spent = capture.points() == null ? points.total() : capture.points();
    long paid = capture.storedValue() == null ? storedValue.total() : capture.storedValue();
    if (spent > points.total() || paid > storedValue.total()) {
      return Posting.refused(new Refusal.CaptureExceedsHold(points.total(), storedValue.total()));
    }
    if (DeductionDecider.overflowsLifetimeSpent(books, spent)) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    books.takeOut(hold);
    long expired = free(books, Accounts.POINTS, rest(points, spent));
    free(books, Accounts.STORED_VALUE, rest(storedValue, paid));
    var detail = new Detail.Captured(spent, paid, points.total() - spent - expired, expired);
    return books.accepted(
        books.append(EntryBuilder.of(capture).refersTo(hold.sequence()).detail(detail)));
  }

  private static Decision release(Posting books, Release release, Reservation hold) {
    books.takeOut(hold).forEach((account, lots) -> free(books, account, lots));
    return books.accepted(books.append(EntryBuilder.of(release).refersTo(hold.sequence())));
  }

  /** Returns the rest of some lots when points are spent from those that expire first. */
  private static Lots rest(Lots lots, long spent) {
    return spent == 0 ? lots : lots.take(spent).rest();
  }

  /** Makes held points available. Those that have expired while they were held expire now. */
  private static long free(Posting books, String account, Lots lots) {
    long expired = 0;
    for (Lot lot : lots.byExpiry()) {
      expired += books.giveBack(account, lot);
    }
    return expired;
  }

  static Decision endPending(
      Posting books, PendingCommand command, @Nullable EntryHistory history) {
    Optional<Reservation> pending = books.state().reserve(command.earnedBy(), Place.PENDING);
    if (pending.isEmpty()) {
      return ended(books, Entry.Kind.ACCRUAL, command.earnedBy(), history);
    }
    HistoryQuery sale = command.activates() ? null : ratedSale(books, pending.get());
    if (sale != null && history == null) {
      return new Decision.NeedsHistory(sale);
    }
    FactsChange change =
        sale == null || history == null
            ? FactsChange.NONE
            : ReturnedFacts.rest(history, books.now(), books.budgets());
    SortedMap<String, Lots> earned = books.takeOut(pending.get());
    if (command.activates()) {
      earned.forEach((account, lots) -> lots.byExpiry().forEach(lot -> books.credit(account, lot)));
    }
    Entry answer =
        books.append(EntryBuilder.of(command).refersTo(command.earnedBy()).factsChange(change));
    TimeEffects.appendDue(books); // it may have expired while it was pending
    return books.accepted(answer);
  }

  /** Returns the order of a sale that may have changed facts or drawn on budgets; null for none. */
  private static @Nullable HistoryQuery ratedSale(Posting books, Reservation pending) {
    EarningFacts facts = books.state().facts();
    boolean isPlain = facts.isPlain() && !books.budgets().areThere();
    String storeId = pending.storeId();
    String orderId = pending.orderId();
    MemberKey member = books.member();
    return isPlain || storeId == null || orderId == null
        ? null
        : new HistoryQuery.OfOrder(member.programId(), storeId, orderId, member.memberId());
  }

  /** Returns how a reservation ended, which can only be seen from its entries. */
  private static Decision ended(
      Posting books, Entry.Kind kind, long sequence, @Nullable EntryHistory history) {
    boolean isHold = kind == Entry.Kind.HOLD;
    if (books.hasJustEnded(sequence)) {
      return refused(isHold, isHold ? Refusal.End.RAN_OUT : Refusal.End.ACTIVATED);
    }
    if (history == null) {
      return new Decision.NeedsHistory(new HistoryQuery.OfEntry(books.member(), sequence));
    }
    Optional<Entry> begun =
        history
            .find(books.member(), sequence)
            .filter(it -> isHold ? it.kind() == kind : it.isPending() || it.isEffectiveAtOnce());
    if (begun.isEmpty()) {
      return Posting.refused(isHold ? new Refusal.HoldNotFound() : new Refusal.PendingNotFound());
    }
    if (begun.get().isEffectiveAtOnce()) {
      return refused(isHold, Refusal.End.ACTIVATED);
    }
    return refused(
        isHold, history.endOf(begun.get()).map(HoldDecider::how).orElse(Refusal.End.REFUNDED));
  }

  private static Decision refused(boolean isHold, Refusal.End how) {
    return Posting.refused(isHold ? new Refusal.HoldEnded(how) : new Refusal.PendingEnded(how));
  }

  private static Refusal.End how(Entry end) {
    return switch (end.kind()) {
      case CAPTURE -> Refusal.End.CAPTURED;
      case ACTIVATION -> Refusal.End.ACTIVATED;
      case CANCELLATION -> Refusal.End.CANCELLED;
      default -> end.request() == null ? Refusal.End.RAN_OUT : Refusal.End.RELEASED;
    };
  }
}
