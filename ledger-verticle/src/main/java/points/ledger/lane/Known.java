package points.ledger.lane;

import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberState;

/**
 * What a node believes a member's state to be. Believing wrongly costs a second decision, never a
 * wrong entry: the sequence check throws away what was decided from it.
 *
 * @param state null when the member is believed not to be enrolled
 */
record Known(@Nullable MemberState state) {

  static final Known ABSENT = new Known(null);

  static Known newer(Known one, Known other) {
    return one.sequence() > other.sequence() ? one : other;
  }

  private long sequence() {
    return state == null ? -1 : state.sequence();
  }

  static Known of(@Nullable MemberState state) {
    return state == null ? ABSENT : new Known(state);
  }
}
