package points.ledger.proof;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberState;

/**
 * What a member's entries give, beside what the member has.
 *
 * @param entries how many were folded
 * @param asOf the instant up to which time has done its work in both states
 * @param ofEntries the entries, folded again
 * @param ofState the member's row; null for an instant of the past, of which there is no row
 * @param differences none when the books are right
 */
public record Proof(
    long entries,
    Instant asOf,
    MemberState ofEntries,
    @Nullable MemberState ofState,
    List<Difference> differences) {

  public boolean holds() {
    return differences.isEmpty();
  }
}
