package points.ledger.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.EarningFacts;

/**
 * The state of a member that a decision is based on: the sum of its entries.
 *
 * @param status the member's status, which says which commands it may carry out
 * @param sequence the number of the newest entry; 0 before the first
 * @param lifetimeEarned the points of all accruals, less those that refunds and reversals took back
 * @param lifetimeSpent the points of all deductions and captures, less those that were given back
 * @param accounts the available lots and the debts, by account
 * @param reserves the held and pending points, by the sequence of the entry that set them aside
 * @param mergedInto the member that this one was merged into; null if it was not merged
 * @param facts the facts that rule books look at
 */
public record MemberState(
    Status status,
    long sequence,
    long lifetimeEarned,
    long lifetimeSpent,
    Accounts accounts,
    List<Reservation> reserves,
    @Nullable String mergedInto,
    EarningFacts facts) {

  /** A member that has just been enrolled. */
  public static final MemberState ENROLLED = new MemberState(Status.ACTIVE, 0, 0, 0, Lots.NONE);

  /** A member that has points only, all of them available. */
  public MemberState(
      Status status, long sequence, long lifetimeEarned, long lifetimeSpent, Lots lots) {
    this(
        status,
        sequence,
        lifetimeEarned,
        lifetimeSpent,
        new Accounts(new Account(lots, 0), Accounts.EMPTY.others()),
        List.of(),
        null,
        EarningFacts.FRESH);
  }

  /** The open lots of the first point currency. */
  public Lots lots() {
    return accounts.points().lots();
  }

  /** Returns the points that are set aside in one place of an account. */
  public long setAside(String account, Place place) {
    long sum = 0;
    for (Reservation reserve : reserves) {
      sum += reserve.place() == place ? reserve.of(account).total() : 0;
    }
    return sum;
  }

  /** Returns the reservation that the entry of this sequence made, if it still stands. */
  public Optional<Reservation> reserve(long setAsideBy, Place place) {
    return reserves.stream()
        .filter(it -> it.sequence() == setAsideBy && it.place() == place)
        .findFirst();
  }

  /** The state after one more entry; entries folded from the first on give the state again. */
  public MemberState after(Entry entry) {
    MemberState next = this;
    Reservation opened = entry.opens();
    if (opened != null) {
      next = next.with(opened);
    }
    for (Movement movement : entry.movements()) {
      next = next.plus(movement);
    }
    return next.concludedBy(entry);
  }

  /** Applies the changes of an entry other than its movements. */
  public MemberState concludedBy(Entry entry) {
    LifetimeTotals lifetime = LifetimeTotals.of(entry);
    return new MemberState(
        statusAfter(entry.kind()),
        entry.sequence(),
        lifetimeEarned + lifetime.earned(),
        lifetimeSpent + lifetime.spent(),
        accounts,
        withoutEmpty(reserves),
        entry.kind() == Entry.Kind.MERGE_OUT ? entry.counterpart() : mergedInto,
        facts.after(entry.factsChange(), entry.kind().is(EntryTrait.MOVABLE), entry.recordedAt()));
  }

  private Status statusAfter(Entry.Kind kind) {
    return switch (kind) {
      case FREEZE -> Status.FROZEN;
      case UNFREEZE -> Status.ACTIVE;
      case CLOSING -> Status.CLOSED;
      case MERGE_OUT -> Status.MERGED;
      default -> status;
    };
  }

  /**
   * Leaves out reservations without points: a pending accrual that earned nothing sets nothing
   * aside.
   */
  private static List<Reservation> withoutEmpty(List<Reservation> some) {
    for (Reservation reserve : some) {
      if (reserve.isEmpty()) {
        return some.stream().filter(it -> !it.isEmpty()).toList();
      }
    }
    return some;
  }

  /** With something set aside, into which movements are still to come. */
  public MemberState with(Reservation opened) {
    var more = new ArrayList<>(reserves);
    more.add(opened);
    return with(accounts, List.copyOf(more));
  }

  public MemberState plus(Movement movement) {
    if (movement.place() == Place.AVAILABLE || movement.place() == Place.DEBT) {
      return with(accounts.plus(movement), reserves);
    }
    var changed = new ArrayList<Reservation>(reserves.size());
    boolean found = false;
    for (Reservation reserve : reserves) {
      boolean same =
          reserve.sequence() == movement.reserve() && reserve.place() == movement.place();
      Reservation next = same ? reserve.plus(movement) : reserve;
      found |= same;
      if (!next.isEmpty()) {
        changed.add(next);
      }
    }
    if (!found) {
      throw new IllegalArgumentException("nothing is set aside there: " + movement);
    }
    return with(accounts, List.copyOf(changed));
  }

  public MemberState withSequence(long newest) {
    return new MemberState(
        status, newest, lifetimeEarned, lifetimeSpent, accounts, reserves, mergedInto, facts);
  }

  private MemberState with(Accounts changed, List<Reservation> setAside) {
    return new MemberState(
        status, sequence, lifetimeEarned, lifetimeSpent, changed, setAside, mergedInto, facts);
  }
}
