package points.ledger.domain;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MoveCommand.MoveIn;
import points.ledger.domain.MoveCommand.MoveOut;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.Refusal.NotMovable;
import points.ledger.domain.Refusal.Unmovable;

/**
 * Sales that go from the member on whom they were booked to the one who bought. The first step
 * takes back all that the sale earned, from the very lots, and gives back what it was paid with;
 * the second books the same sale on the other member, with its expiry. What the other member cannot
 * have comes back.
 */
public final class Moving {

  private Moving() {}

  static Decision decide(
      Books books, MoveCommand command, @Nullable History history, Program rules) {
    if (command instanceof MoveIn in) {
      return in(books, in, rules);
    }
    var out = (MoveOut) command;
    return history == null
        ? new Decision.Undecided(new Needed.OfEntry(books.member(), out.sale()))
        : out(books, out, history);
  }

  private static Decision out(Books books, MoveOut out, History history) {
    Optional<Entry> found =
        history.find(books.member(), out.sale()).filter(it -> isOfOneOrder(it, out));
    if (found.isEmpty()) {
      return Books.refused(new Refusal.TransactionNotFound());
    }
    Entry sale = found.get();
    Unmovable why = why(sale, history);
    if (why == null) {
      why = unearn(books, sale);
    }
    if (why != null) {
      return Books.refused(new NotMovable(why));
    }
    for (Movement it : sale.movements()) {
      if (it.worth() < 0) {
        books.giveBack(it.account(), new Lot(it.expiresAt(), -it.points()));
      }
    }
    Lifetime lived = Lifetime.of(sale);
    var moved =
        new Detail.MovedSale(
            out.to(), sale.transactionId(), -lived.earned(), -lived.spent(), sale.endsAt());
    return books.accepted(books.append(EntryDraft.of(out).detail(moved)));
  }

  private static boolean isOfOneOrder(Entry sale, MoveOut out) {
    return Objects.equals(sale.origin().storeId(), out.origin().storeId())
        && Objects.equals(sale.origin().orderId(), out.origin().orderId());
  }

  private static @Nullable Unmovable why(Entry sale, History history) {
    if (!isMovable(sale.kind())) {
      return Unmovable.KIND;
    } else if (sale.detail() instanceof Detail.Uncovered || isOwed(sale)) {
      return Unmovable.UNCOVERED;
    } else if (history.moveOf(sale).isPresent()) {
      return Unmovable.MOVED;
    } else if (history.reversalOf(sale).isPresent()) {
      return Unmovable.REVERSED;
    } else if (!Order.of(history, sale).everRefunded().isEmpty()) {
      return Unmovable.REFUNDED; // by one that was reversed as well: what was pending is not again
    }
    return history.isCancelled(sale) ? Unmovable.CANCELLED : null;
  }

  /** Whether some of what it was paid with is owed: it came back when that was spent already. */
  private static boolean isOwed(Entry sale) {
    return sale.movements().stream().anyMatch(it -> it.place() == Place.DEBT && it.points() > 0);
  }

  /** Others are undone and booked anew. */
  public static boolean isMovable(Entry.Kind kind) {
    return kind == Entry.Kind.ACCRUAL
        || kind == Entry.Kind.MOVE_IN
        || kind == Entry.Kind.MOVE_RETURN;
  }

  /** Takes what the sale earned from where it is, and from nowhere else. */
  private static @Nullable Unmovable unearn(Books books, Entry sale) {
    Optional<Reserve> pending = books.state().reserve(sale.sequence(), Place.PENDING);
    for (Movement it : sale.movements()) {
      if (it.worth() <= 0) {
        continue;
      }
      if (it.place() == Place.DEBT) {
        books.move(Movement.debt(it.account(), -it.points())); // what it had repaid
      } else if (it.place() == Place.PENDING && pending.isPresent()) {
        books.move(
            Movement.setAside(it.account(), Place.PENDING, sale.sequence(), it.lot().negated()));
      } else if (it.lot().hasExpiredBy(books.now())) {
        return Unmovable.EXPIRED;
      } else if (books.lots(it.account()).of(it.expiresAt()) < it.points()) {
        return Unmovable.SPENT;
      } else {
        books.move(Movement.available(it.account(), it.lot().negated()));
      }
    }
    return null;
  }

  private static Decision in(Books books, MoveIn in, Program rules) {
    boolean mustGoIn = in.kind() == Entry.Kind.MOVE_RETURN;
    Refusal refusal = pay(books, in, mustGoIn);
    Map<String, Lot> earned = earned(in, rules);
    for (var it : earned.entrySet()) {
      if (!mustGoIn && Earning.isTooMuch(books, it.getKey(), it.getValue().points())) {
        refusal = new Refusal.BalanceLimitExceeded(books.available(Accounts.POINTS));
      }
    }
    boolean pending = in.pending() && !isEffective(books, in);
    if (pending && !mustGoIn && books.state().reserves().size() >= Limits.RESERVES_MAX) {
      refusal = new Refusal.TooMuchSetAside();
    }
    if (refusal != null) {
      return Books.refused(refusal);
    }
    if (pending) {
      books.open(
          Reserve.empty(books.nextSequence(), Place.PENDING, in.moved().endsAt(), in.origin()));
    }
    earned.forEach(
        (account, lot) -> {
          if (pending) {
            books.move(Movement.setAside(account, Place.PENDING, books.nextSequence(), lot));
          } else {
            books.credit(account, lot);
          }
        });
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

  private static boolean isEffective(Books books, MoveIn in) {
    return in.moved().endsAt() != null && !in.moved().endsAt().isAfter(books.now());
  }

  /** What the first member was given back and has spent since, it owes. */
  private static @Nullable Refusal pay(Books books, MoveIn in, boolean mustGoIn) {
    long points = paid(in.movements(), Accounts.POINTS);
    long storedValue = paid(in.movements(), Accounts.STORED_VALUE);
    if (!mustGoIn) {
      return Spending.pay(books, points, storedValue);
    }
    owe(books, Accounts.POINTS, points);
    owe(books, Accounts.STORED_VALUE, storedValue);
    return null;
  }

  private static void owe(Books books, String account, long points) {
    long there = Math.min(points, books.available(account));
    books.debit(account, there);
    books.move(Movement.debt(account, points - there));
  }

  /** What a sale was paid with from an account. */
  public static long paid(List<Movement> movements, String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account) && it.worth() < 0)
        .mapToLong(it -> -it.worth())
        .sum();
  }

  /** By account; what had repaid a debt gets the expiry of the rest, or that of its day. */
  private static Map<String, Lot> earned(MoveIn in, Program rules) {
    var earned = new TreeMap<String, Lot>();
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() != Place.DEBT) {
        earned.merge(
            it.account(),
            it.lot(),
            (one, other) -> new Lot(one.expiresAt(), one.points() + other.points()));
      }
    }
    for (Movement it : in.movements()) {
      if (it.worth() > 0 && it.place() == Place.DEBT) {
        earned.merge(
            it.account(),
            new Lot(rules.expiryOf(it.account(), in.occurredAt()), it.worth()),
            (one, other) -> new Lot(one.expiresAt(), one.points() + other.points()));
      }
    }
    return earned;
  }

  /** The same sale, for the member who bought. */
  public static MoveIn arriving(Entry out, Entry sale, MemberKey to) {
    return in(out, sale, to, Entry.Kind.MOVE_IN);
  }

  /** The same sale, come back from where it could not stay. */
  public static MoveIn comingBack(Entry out, Entry sale, MemberKey first) {
    return in(out, sale, first, Entry.Kind.MOVE_RETURN);
  }

  private static MoveIn in(Entry out, Entry sale, MemberKey member, Entry.Kind kind) {
    Lifetime lived = Lifetime.of(sale);
    String key = "move of " + out.transactionId(); // a caller's key has no blank in it
    UUID print = Fingerprint.of(key).and(kind.name()).and(member.programId()).toUuid();
    return new MoveIn(
        member,
        new Request(key, print),
        out.origin(),
        kind,
        sale.occurredAt(),
        sale.amount() == null ? 0 : sale.amount(),
        sale.lines(),
        sale.movements(),
        out.movements().stream().anyMatch(it -> it.place() == Place.PENDING),
        new Detail.MovedSale(
            out.member().memberId(),
            out.transactionId(),
            lived.earned(),
            lived.spent(),
            sale.endsAt()));
  }

  /** The sequence of the sale that an entry moved out. */
  public static long saleOf(Entry out) {
    String of = out.part();
    return Long.parseLong(of.substring(of.lastIndexOf('-') + 1));
  }
}
