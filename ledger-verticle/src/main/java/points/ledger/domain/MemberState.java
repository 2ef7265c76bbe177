package points.ledger.domain;

import java.time.Instant;

/**
 * All that a decision on a member depends on: the sum of its entries.
 *
 * @param status whether it may earn and spend
 * @param sequence number of the newest entry; 0 when there is none yet
 * @param lifetimeEarned points of all accruals
 * @param lifetimeSpent points of all deductions
 * @param lots open lots as last written down; some may have expired since
 */
public record MemberState(
    Status status, long sequence, long lifetimeEarned, long lifetimeSpent, Lots lots) {

  /** A member that has just been enrolled. */
  public static final MemberState ENROLLED = new MemberState(Status.ACTIVE, 0, 0, 0, Lots.NONE);

  /** Points that can be spent at {@code now}. */
  public long availableAt(Instant now) {
    return lots.spendableAt(now).total();
  }
}
