package points.ledger.lane;

import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberState;

/**
 * What a node believes a member's state to be. Believing wrongly costs a second decision, never a
 * wrong entry: the sequence check throws away what was decided from it.
 *
 * @param state null when the member is believed not to be enrolled
 */
record Believed(@Nullable MemberState state) {

  static final Believed ABSENT = new Believed(null);

  static Believed newer(Believed one, Believed other) {
    return one.sequence() > other.sequence() ? one : other;
  }

  /** -1 when not enrolled. */
  long sequence() {
    return state == null ? -1 : state.sequence();
  }

  static Believed of(@Nullable MemberState state) {
    return state == null ? ABSENT : new Believed(state);
  }
}
