package points.load.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A member's state after its last entry, as PostgreSQL stores it or as its entries add up to it.
 *
 * @param sequence of the last entry; 0 without any
 * @param available points that can be spent
 * @param others the rest, which most members do not have
 */
public record MemberState(
    String memberId,
    long sequence,
    long available,
    long lifetimeEarned,
    long lifetimeSpent,
    List<Lot> lots,
    Others others) {

  /** Whether a member is in use. */
  public enum Status {
    ACTIVE,
    FROZEN,
    CLOSED,
    MERGED
  }

  /**
   * The rest of the state besides points that can be spent.
   *
   * @param held points
   * @param pending points
   * @param debt points
   * @param storedValue that can be spent, in minor units
   * @param accounts all but the points
   * @param reservations in the order of their entries
   * @param mergedInto the member that replaces this one, if it was merged
   */
  public record Others(
      long held,
      long pending,
      long debt,
      long storedValue,
      SortedMap<String, Account> accounts,
      List<Reservation> reservations,
      Status status,
      @Nullable String mergedInto) {
    /** The rest of a member that has available points only. */
    public static final Others NONE =
        new Others(0, 0, 0, 0, Collections.emptySortedMap(), List.of(), Status.ACTIVE, null);
  }

  /** The reservation that the entry of that sequence made, while it is open. */
  public Optional<Reservation> reservation(long madeBy) {
    return others.reservations().stream().filter(it -> it.sequence() == madeBy).findFirst();
  }

  /** An account other than the points. */
  public Account account(String name) {
    return others.accounts().getOrDefault(name, Account.EMPTY);
  }
}
