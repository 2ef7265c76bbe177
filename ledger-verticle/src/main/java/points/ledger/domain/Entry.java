package points.ledger.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One immutable line of the ledger: the effect of one accepted command on one member.
 *
 * @param sequence goes up by one per member, without gaps, from 1
 * @param points signed; 0 for entries that only change the status or record an order worth nothing
 * @param balance points after this entry
 * @param lots the lots it touched; their points add up to {@code points}
 * @param request null for entries that no caller asked for, such as an expiry
 * @param amount minor units; null where there is no order
 * @param lines the order's lines with their share of the points
 * @param occurredAt when it happened in the shop, as the caller says
 * @param recordedAt when the ledger decided on it, to the microsecond
 */
public record Entry(
    MemberKey member,
    long sequence,
    Kind kind,
    long points,
    long balance,
    List<Lot> lots,
    @Nullable Request request,
    Origin origin,
    @Nullable Long amount,
    List<EarnedLine> lines,
    Instant occurredAt,
    Instant recordedAt) {

  /** What an entry is the effect of. */
  public enum Kind {
    ACCRUAL,
    DEDUCTION,
    ADJUSTMENT,
    EXPIRY,
    FREEZE,
    UNFREEZE
  }

  /** The entry's name to callers: it says where the entry is, so it needs no index of its own. */
  public String transactionId() {
    return member.memberId() + "-" + sequence;
  }
}
