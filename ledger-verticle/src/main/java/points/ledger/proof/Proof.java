package points.ledger.proof;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberState;

/**
 * The result of a member's entries, beside the member's row.
 *
 * @param entries how many were folded
 * @param asOf the instant up to which the effects of time are applied in both states
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
