package points.load.model;

import java.time.Instant;
import java.util.List;

/**
 * One member as the gateway shows it: its balance, its open lots and its whole history.
 *
 * @param state of the balance and the lots; what has expired or ended at {@code asOf} is left out,
 *     booked or not
 * @param entries by sequence
 * @param asOf the time of the balance
 */
public record MemberSnapshot(MemberState state, List<Entry> entries, Instant asOf) {
  /** The member's id. */
  public String memberId() {
    return state.memberId();
  }
}
