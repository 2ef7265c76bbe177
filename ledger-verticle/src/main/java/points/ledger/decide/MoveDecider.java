package points.ledger.decide;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.MoveCommand.MoveIn;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.NotMovable;
import points.ledger.command.Refusal.Unmovable;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.EntryTrait;
import points.ledger.model.Fingerprint;
import points.ledger.model.LapsedLot;
import points.ledger.model.LifetimeTotals;
import points.ledger.model.MemberKey;
import points.ledger.model.Request;
import points.ledger.order.RefundableOrder;
import points.ledger.program.Program;

/**
 * Moves a sale from the member on which it was booked to the member that bought.
 *
 * <p>Example: a sale of 100 points was booked on member 1873, and 2001 bought. The first step takes
 * the 100 points from the lots of 1873 and gives back the points that the sale was paid with. The
 * second books the same sale on 2001, with its expiry. If 2001 cannot have it, the sale comes back
 * to 1873.
 */
public final class MoveDecider {

  private MoveDecider() {}

  static Decision out(Posting books, MoveOut out, @Nullable EntryHistory history, Program rules) {
    if (history == null) {
      return new Decision.NeedsHistory(new HistoryQuery.OfEntry(books.member(), out.sale()));
    }
    Optional<Entry> found =
        history.find(books.member(), out.sale()).filter(it -> isOfOneOrder(it, out));
    if (found.isEmpty()) {
      return Posting.refused(new Refusal.TransactionNotFound());
    }
    Entry sale = found.get();
    Unmovable why = why(sale, history);
    if (why == null) {
      why = unearn(books, sale);
    }
    if (why != null) {
      return Posting.refused(new NotMovable(why));
    }
    for (Movement it : sale.movements()) {
      if (it.worth() < 0) {
        ReversalDecider.giveBack(books, it, rules);
      }
    }
    LifetimeTotals lived = LifetimeTotals.of(sale);
    var moved =
        new Detail.MovedSale(
            out.to(), sale.transactionId(), -lived.earned(), -lived.spent(), sale.endsAt());
    return books.accepted(
        books.append(EntryBuilder.of(out).detail(moved).factsChange(sale.factsChange().negated())));
  }

  private static boolean isOfOneOrder(Entry sale, MoveOut out) {
    return Objects.equals(sale.origin().storeId(), out.origin().storeId())
        && Objects.equals(sale.origin().orderId(), out.origin().orderId());
  }

  private static @Nullable Unmovable why(Entry sale, EntryHistory history) {
    if (!sale.kind().is(EntryTrait.MOVABLE)) {
      return Unmovable.KIND;
    } else if (sale.detail() instanceof Detail.Uncovered) {
      return Unmovable.UNCOVERED;
    } else if (history.moveOf(sale).isPresent()) {
      return Unmovable.MOVED;
    } else if (history.reversalOf(sale).isPresent()) {
      return Unmovable.REVERSED;
    } else if (RefundableOrder.of(history, sale).isRefunded()) {
      return Unmovable.REFUNDED;
    }
    return history.isCancelled(sale) ? Unmovable.CANCELLED : null;
  }

  /** Takes what the sale earned from where it is, and from nowhere else. */
  private static @Nullable Unmovable unearn(Posting books, Entry sale) {
    for (Movement it : sale.movements()) {
      if (it.worth() <= 0) {
        continue;
      }
      if (it.place() == Place.DEBT) {
        books.move(it.negated()); // what it had repaid
        continue;
      }
      long left = it.points() - takePending(books, sale, it);
      if (left > 0 && it.lot().hasExpiredBy(books.now())) {
        return Unmovable.EXPIRED;
      } else if (left > books.lots(it.account()).of(it.expiresAt())) {
        return Unmovable.SPENT;
      }
      books.move(Movement.available(it.account(), new Lot(it.expiresAt(), -left)));
    }
    return null;
  }

  /**
   * Takes pending points. Those that a refund took, and its reversal gave back, are pending no
   * more.
   */
  private static long takePending(Posting books, Entry sale, Movement earned) {
    if (earned.place() != Place.PENDING) {
      return 0;
    }
    String account = earned.account();
    Instant expiresAt = earned.expiresAt();
    long there =
        books
            .state()
            .reserve(sale.sequence(), Place.PENDING)
            .map(it -> it.of(account).of(expiresAt))
            .orElse(0L);
    long part = Math.min(there, earned.points());
    books.move(
        Movement.setAside(account, Place.PENDING, sale.sequence(), new Lot(expiresAt, -part)));
    return part;
  }

  /** Returns the points that a sale was paid with from an account. */
  public static long paid(List<Movement> movements, String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account) && it.worth() < 0)
        .mapToLong(it -> -it.worth())
        .sum();
  }

  /**
   * Books the same sale on the member that bought.
   *
   * <p>It pays all that the sale cost, also the points that the first member did not get back
   * because they had expired.
   */
  public static MoveIn arriving(Entry out, Entry sale, MemberKey to) {
    return in(out, sale, to, Entry.Kind.MOVE_IN, sale.movements());
  }

  /** The same sale, come back from where it could not stay: all that was done is undone. */
  public static MoveIn comingBack(Entry out, Entry sale, MemberKey first) {
    List<Movement> undone = out.movements().stream().map(Movement::negated).toList();
    return in(out, sale, first, Entry.Kind.MOVE_RETURN, undone);
  }

  private static MoveIn in(
      Entry out, Entry sale, MemberKey member, Entry.Kind kind, List<Movement> movements) {
    LifetimeTotals lived = LifetimeTotals.of(sale);
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
        movements,
        out.movements().stream().anyMatch(it -> it.place() == Place.PENDING),
        new Detail.MovedSale(
            out.member().memberId(),
            out.transactionId(),
            lived.earned(),
            lived.spent(),
            sale.endsAt(),
            kind == Entry.Kind.MOVE_RETURN ? LapsedLot.of(sale) : List.of()),
        sale.awarded(),
        sale.factsChange().ofMember().isNone() ? null : sale.factsChange().ofMember().unjudged());
  }

  /** The sequence of the sale that an entry moved out. */
  public static long saleOf(Entry out) {
    return sequenceOf(out.part());
  }

  /** A member's id may have hyphens in it, too. */
  static String memberOf(String transactionId) {
    return transactionId.substring(0, transactionId.lastIndexOf('-'));
  }

  static long sequenceOf(String transactionId) {
    return Long.parseLong(transactionId.substring(transactionId.lastIndexOf('-') + 1));
  }
}
