package points.ledger.decide;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.MembershipCommand.Open;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.program.Program;

/** Decides how a member begins, is frozen for a time, and ends. */
final class MembershipDecider {

  private MembershipDecider() {}

  static Decision changeStatus(Posting books, ChangeStatus change) {
    return books.state().status() == change.wanted()
        ? Posting.refused(new Refusal.AlreadyInStatus(change.wanted()))
        : books.accepted(books.append(EntryBuilder.of(change)));
  }

  static Decision merge(Posting books, Merge merge) {
    if (holds(books) > 0) {
      return Posting.refused(new Refusal.MemberHasHolds(holds(books)));
    }
    MemberState state = books.state();
    empty(books);
    var other =
        new Detail.Counterpart(
            merge.into(), null, state.lifetimeEarned(), state.lifetimeSpent(), false, null);
    return books.accepted(
        books.append(
            EntryBuilder.of(merge).detail(other).factsChange(state.facts().whole().mirrored())));
  }

  /** The amount of the entry is what is to be paid out: stored value, and points by policy. */
  static Decision close(Posting books, Close close, Program rules) {
    Long asOf = close.asOf();
    if (asOf != null && asOf != books.sequenceBefore()) {
      return new Decision.Outdated();
    }
    if (holds(books) > 0) {
      return Posting.refused(new Refusal.MemberHasHolds(holds(books)));
    }
    long points = books.available(Accounts.POINTS);
    long value =
        rules.terms().paysOutAtClosing() ? rules.terms().refunds().pointValue().of(points) : 0;
    long payout = Math.addExact(books.available(Accounts.STORED_VALUE), value);
    empty(books);
    return books.accepted(books.append(EntryBuilder.of(close).amount(payout)));
  }

  private static int holds(Posting books) {
    return (int) books.state().reserves().stream().filter(it -> it.place() == Place.HELD).count();
  }

  private static void empty(Posting books) {
    books.state().reserves().forEach(books::takeOut);
    books
        .state()
        .accounts()
        .forEach(
            (name, account) -> {
              books.debit(name, account.lots().total());
              books.move(Movement.debt(name, -account.debt()));
            });
  }

  static Decision open(Posting books, Open open, Program rules) {
    if (AccrualDecider.isTooMuch(books, Accounts.POINTS, open.points())
        || AccrualDecider.isTooMuch(books, Accounts.STORED_VALUE, open.storedValue())
        || AccrualDecider.isTooMuch(books, Accounts.GROWTH, open.growth())) {
      return Posting.refused(new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS)));
    }
    Instant given = open.expiresAt();
    Instant expiresAt =
        given == null
            ? rules.expiryOf(Accounts.POINTS, books.now())
            : given.truncatedTo(ChronoUnit.SECONDS); // as all lots expire on whole seconds
    books.credit(Accounts.POINTS, new Lot(expiresAt, open.points()));
    books.credit(Accounts.STORED_VALUE, new Lot(Lot.NEVER, open.storedValue()));
    books.credit(Accounts.GROWTH, new Lot(Lot.NEVER, open.growth()));
    Entry answer = books.append(EntryBuilder.of(open));
    TimeEffects.appendDue(books);
    return books.accepted(answer);
  }
}
