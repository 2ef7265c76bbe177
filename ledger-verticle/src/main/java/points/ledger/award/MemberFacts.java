package points.ledger.award;

import java.time.MonthDay;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.rules.Fraction;

/**
 * A member, as a rule book sees it at the time at which the order was paid.
 *
 * @param tier null when the member has none
 * @param firstPurchase whether the member has no accepted order before this one
 * @param birthday null when it is not known
 * @param groups the ids of the groups that the member is in
 * @param carry the remainder of the last order's rounding, below 1
 * @param usage the part of caps that is used so far
 */
public record MemberFacts(
    String memberId,
    @Nullable String tier,
    boolean firstPurchase,
    @Nullable MonthDay birthday,
    Set<String> groups,
    Fraction carry,
    Usage usage) {

  /** A member of which nothing else is known. */
  public static MemberFacts of(String memberId) {
    return new MemberFacts(memberId, null, false, null, Set.of(), Fraction.ZERO, Usage.NONE);
  }
}
