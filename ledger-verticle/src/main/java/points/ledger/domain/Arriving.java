package points.ledger.domain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MoveCommand.MoveIn;
import points.ledger.domain.Movement.Place;

/**
 * A moved sale that arrives. The member who bought pays it and has what it earned, or is refused it
 * as any sale; to the first member it comes back in any case, by the movements that undo those by
 * which it left.
 */
final class Arriving {

  private final Books books;
  private final MoveIn in;
  private final Program rules;
  private final boolean pending;

  private Arriving(Books books, MoveIn in, Program rules) {
    this.books = books;
    this.in = in;
    this.rules = rules;
    this.pending = in.pending() && !isEffective(books, in);
  }

  static Decision decide(Books books, MoveIn in, Program rules) {
    var arriving = new Arriving(books, in, rules);
    if (in.kind() == Entry.Kind.MOVE_RETURN) {
      return arriving.comeBack();
    }
    Refusal refusal = arriving.refusal();
    return refusal == null ? arriving.comeIn() : Books.refused(refusal);
  }

  private static boolean isEffective(Books books, MoveIn in) {
    return in.moved().endsAt() != null && !in.moved().endsAt().isAfter(books.now());
  }

  /** Why the member cannot have it; null once it is paid. */
  private @Nullable Refusal refusal() {
    Refusal unpaid =
        Spending.pay(books, in.moved().spent(), paid(in.movements(), Accounts.STORED_VALUE));
    if (unpaid != null) {
      return unpaid;
    }
    for (var it : earned().entrySet()) {
      if (Earning.isTooMuch(books, it.getKey(), it.getValue().points())) {
        return new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
      }
    }
    return pending && books.state().reserves().size() >= Limits.RESERVES_MAX
        ? new Refusal.TooMuchSetAside()
        : null;
  }

  private static long paid(List<Movement> movements, String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account) && it.worth() < 0)
        .mapToLong(it -> -it.worth())
        .sum();
  }

  private Decision comeIn() {
    openReserve();
    earned().forEach(this::earn);
    return done();
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

  private Decision comeBack() {
    openReserve();
    for (Movement it : in.movements()) {
      if (it.worth() < 0) {
        payAgain(it);
      }
    }
    Map<String, Lot> earned = earned();
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() == Place.DEBT) {
        Lot lot = new Lot(earned.get(it.account()).expiresAt(), it.worth());
        repayAgain(it.account(), lot);
      }
    }
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() == Place.PENDING) {
        earn(it.account(), it.lot());
      } else if (it.worth() > 0 && it.place() == Place.AVAILABLE) {
        books.credit(it.account(), it.lot());
      }
    }
    return done();
  }

  /** From the lot that was given back first. What has been spent since is owed. */
  private void payAgain(Movement paid) {
    if (paid.place() == Place.DEBT) {
      books.move(paid); // what was given back had repaid it
      return;
    }
    long missing = books.takeBack(paid.account(), paid.lot().negated());
    books.move(Movement.debt(paid.account(), missing));
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
          Reserve.empty(books.nextSequence(), Place.PENDING, in.moved().endsAt(), in.origin()));
    }
  }

  private Decision done() {
    Entry answer =
        books.append(
            EntryDraft.of(in)
                .amount(in.amount())
                .lines(in.lines())
                .detail(in.moved())
                .occurredAt(in.occurredAt()));
    Settlement.writeDown(books); // it may have expired on the way
    return books.accepted(answer);
  }
}
