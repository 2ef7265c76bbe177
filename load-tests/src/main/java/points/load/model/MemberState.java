package points.load.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A member's row: what the entries should add up to.
 *
 * @param others what few members have
 */
public record MemberState(
    String memberId,
    long sequence,
    long available,
    long lifetimeEarned,
    long lifetimeSpent,
    List<Lot> lots,
    Others others) {

  /** Whether it can have anything. */
  public enum Status {
    ACTIVE,
    FROZEN,
    CLOSED,
    MERGED
  }

  /**
   * What there is besides points that can be spent.
   *
   * @param held points
   * @param pending points
   * @param debt points
   * @param storedValue that can be spent
   * @param accounts all but the points
   * @param reserves in the order of their entries
   * @param mergedInto as whom it goes on, if it was merged
   */
  public record Others(
      long held,
      long pending,
      long debt,
      long storedValue,
      SortedMap<String, Account> accounts,
      List<Reservation> reserves,
      Status status,
      @Nullable String mergedInto) {
    /** Of a member that has points only. */
    public static final Others NONE =
        new Others(0, 0, 0, 0, Collections.emptySortedMap(), List.of(), Status.ACTIVE, null);
  }

  /** A member that has points only, all of which can be spent. */
  public MemberState(
      String memberId,
      long sequence,
      long available,
      long lifetimeEarned,
      long lifetimeSpent,
      List<Lot> lots) {
    this(memberId, sequence, available, lifetimeEarned, lifetimeSpent, lots, Others.NONE);
  }

  /** What the entry of that sequence set aside, if it still is. */
  public Optional<Reservation> reserve(long setAsideBy) {
    return others.reserves().stream().filter(it -> it.sequence() == setAsideBy).findFirst();
  }
}
