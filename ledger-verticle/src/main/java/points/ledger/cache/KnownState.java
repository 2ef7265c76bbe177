package points.ledger.cache;

import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberState;

/**
 * Newest state of a member that this node knows.
 *
 * <p>It may be outdated. PostgreSQL then writes nothing that was decided from it, and the lane
 * decides again.
 *
 * @param state null when the member is not enrolled, as far as this node knows
 */
public record KnownState(@Nullable MemberState state) {

  public static final KnownState ABSENT = new KnownState(null);

  public static KnownState newer(KnownState one, KnownState other) {
    return one.sequence() > other.sequence() ? one : other;
  }

  /** -1 when not enrolled. */
  public long sequence() {
    return state == null ? -1 : state.sequence();
  }

  public static KnownState of(@Nullable MemberState state) {
    return state == null ? ABSENT : new KnownState(state);
  }
}
