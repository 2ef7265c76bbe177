package points.ledger.decide;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.MoveCommand.MoveIn;
import points.ledger.command.Refusal;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;
import points.ledger.model.Reservation;
import points.ledger.program.Program;

/**
 * Decides on a moved sale that arrives at a member.
 *
 * <p>At the member that bought, the sale is decided like any new sale: the member pays it and gets
 * what it earned, or the sale is refused. When a refused sale comes back to the first member, no
 * rule is asked. The movements by which it left are undone.
 */
final class ArrivalDecider {

  private final Posting books;
  private final MoveIn in;
  private final Program rules;
  private final boolean pending;

  private ArrivalDecider(Posting books, MoveIn in, Program rules) {
    this.books = books;
    this.in = in;
    this.rules = rules;
    this.pending = in.pending() && !isEffective(books, in);
  }

  static Decision decide(Posting books, MoveIn in, @Nullable EntryHistory history, Program rules) {
    var arriving = new ArrivalDecider(books, in, rules);
    if (in.kind() == Entry.Kind.MOVE_RETURN) {
      return history == null && arriving.mayHaveLapsed()
          ? new Decision.NeedsHistory(out(in))
          : arriving.comeBack(new Lapsing(books, history));
    }
    Refusal refusal = arriving.refusal();
    return refusal == null ? arriving.comeIn() : Posting.refused(refusal);
  }

  private static boolean isEffective(Posting books, MoveIn in) {
    return in.moved().endsAt() != null && !in.moved().endsAt().isAfter(books.now());
  }

  /** Returns the reason why the member cannot have the sale; null once it is paid. */
  private @Nullable Refusal refusal() {
    Refusal unpaid =
        DeductionDecider.pay(
            books, in.moved().spent(), MoveDecider.paid(in.movements(), Accounts.STORED_VALUE));
    if (unpaid != null) {
      return unpaid;
    }
    for (var it : earned().entrySet()) {
      if (AccrualDecider.isTooMuch(books, it.getKey(), it.getValue().points())) {
        return new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
      }
    }
    return pending && books.state().reserves().size() >= Limits.RESERVES_MAX
        ? new Refusal.TooManyReservations()
        : null;
  }

  private Decision comeIn() {
    openReserve();
    earned().forEach(this::earn);
    return done(in.moved());
  }

  /** By account; what had repaid a debt gets the expiry of the rest, or that of its day. */
  private Map<String, Lot> earned() {
    var earned = new TreeMap<String, Lot>();
    for (boolean repaid : List.of(false, true)) {
      for (Movement it : in.movements()) {
        if (it.worth() > 0 && (it.place() == Place.DEBT) == repaid) {
          Lot lot =
              repaid
                  ? new Lot(rules.expiryOf(it.account(), in.occurredAt()), it.worth())
                  : it.lot();
          earned.merge(
              it.account(),
              lot,
              (one, other) -> new Lot(one.expiresAt(), one.points() + other.points()));
        }
      }
    }
    return earned;
  }

  private void earn(String account, Lot lot) {
    if (pending) {
      books.move(Movement.setAside(account, Place.PENDING, books.nextSequence(), lot));
    } else {
      books.credit(account, lot);
    }
  }

  /** The entry by which it left, with what has expired since. */
  private static HistoryQuery out(MoveIn in) {
    return new HistoryQuery.OfEntry(first(in), MoveDecider.sequenceOf(in.moved().of()));
  }

  /** The one that the sale left, also when it has been merged since. */
  private static MemberKey first(MoveIn in) {
    return new MemberKey(in.member().programId(), MoveDecider.memberOf(in.moved().of()));
  }

  private boolean mayHaveLapsed() {
    return !in.moved().lapsedLots().isEmpty()
        || in.movements().stream().anyMatch(it -> isGivenBack(it) && hasExpired(it));
  }

  private static boolean isGivenBack(Movement undone) {
    return undone.worth() < 0 && undone.place() == Place.AVAILABLE;
  }

  private boolean hasExpired(Movement undone) {
    return undone.lot().hasExpiredBy(books.now());
  }

  private Decision comeBack(Lapsing lapsing) {
    openReserve();
    for (Movement it : in.movements()) {
      if (isGivenBack(it)) {
        payAgain(it.account(), it.lot().negated(), lapsing);
      } else if (it.worth() < 0) {
        books.move(it); // what was given back had repaid it
      }
    }
    for (LapsedLot it : in.moved().lapsedLots()) {
      payAgain(it.account(), it.lot(), lapsing); // which the sale was never paid with
    }
    Map<String, Lot> earned = earned();
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() == Place.DEBT) {
        Lot all = Objects.requireNonNull(earned.get(it.account()));
        repayAgain(it.account(), new Lot(all.expiresAt(), it.worth()));
      }
    }
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() == Place.PENDING) {
        earn(it.account(), it.lot());
      } else if (it.worth() > 0 && it.place() == Place.AVAILABLE) {
        books.credit(it.account(), it.lot());
      }
    }
    return done(in.moved().with(lapsing.lots()));
  }

  /** Takes points from the lot that they were given back to first. Points spent since are owed. */
  private void payAgain(String account, Lot lot, Lapsing lapsing) {
    long gone = lapsing.lapse(account, lot, first(in), 0);
    Lot left = new Lot(lot.expiresAt(), lot.points() - gone);
    books.move(Movement.debt(account, books.takeBack(account, left)));
  }

  /** Also when the lot has expired meanwhile: it was in time the first time. */
  private void repayAgain(String account, Lot lot) {
    long repaid = Math.min(books.debt(account), lot.points());
    books.move(Movement.debt(account, -repaid));
    books.credit(account, new Lot(lot.expiresAt(), lot.points() - repaid));
  }

  private void openReserve() {
    if (pending) {
      books.open(
          Reservation.empty(books.nextSequence(), Place.PENDING, in.moved().endsAt(), in.origin()));
    }
  }

  private Decision done(Detail.MovedSale moved) {
    Entry answer =
        books.append(
            EntryBuilder.of(in)
                .amount(in.amount())
                .lines(in.lines())
                .detail(moved)
                .awarded(in.awarded())
                .factsChange(in.factsChange())
                .occurredAt(in.occurredAt()));
    TimeEffects.appendDue(books); // it may have expired on the way
    return books.accepted(answer);
  }
}
