package points.load.fault.check.history;

import java.util.Arrays;
import java.util.List;
import points.load.model.Entry;

/**
 * The times at which each state of a member may have been the newest. State {@code k} is the one
 * after {@code k} entries. An entry is committed after its own request and those of all entries
 * before it began, and before the first acknowledgement of itself or of any entry after it.
 */
public final class Timeline {
  /** By state: the moment before which it cannot have been reached. */
  private final long[] earliest;

  /** By state: the moment by which it certainly was reached. */
  private final long[] latest;

  Timeline(MemberHistory member) {
    List<Entry> entries = member.entries();
    int states = entries.size() + 1;
    earliest = new long[states];
    latest = new long[states];
    Arrays.fill(latest, Long.MAX_VALUE);
    earliest[0] = Long.MIN_VALUE;
    for (int k = 1; k < states; k++) {
      RequestCalls request = member.request(entries.get(k - 1));
      earliest[k] = Math.max(earliest[k - 1], request == null ? Long.MIN_VALUE : request.begin());
      latest[k] = request == null ? Long.MAX_VALUE : request.knownApplied().orElse(Long.MAX_VALUE);
    }
    for (int k = states - 2; k > 0; k--) {
      latest[k] = Math.min(latest[k], latest[k + 1]);
    }
    latest[0] = Long.MIN_VALUE;
  }

  /** The number of states. */
  public int states() {
    return earliest.length;
  }

  /** Whether a state may have been the newest at some moment of a time. */
  public boolean mayHaveHeld(int state, long from, long to) {
    return mayHaveBeenReached(state, to) && (state + 1 == states() || latest[state + 1] >= from);
  }

  /** Whether a state, or one after it, may have been reached by a moment. */
  public boolean mayHaveBeenReached(int state, long by) {
    return earliest[state] <= by;
  }
}
