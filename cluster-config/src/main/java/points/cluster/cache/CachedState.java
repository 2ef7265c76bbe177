package points.cluster.cache;

import java.util.Arrays;

/**
 * A member's state as of a commit.
 *
 * <p>Two are equal when sequence and bytes are. The bytes are handed over, not copied: neither side
 * may change them.
 */
public final class CachedState {
  private final long sequence;
  private final byte[] state;

  /**
   * A state to publish.
   *
   * @param sequence the member's sequence after the commit, 0 or higher
   * @param state the state at that sequence, opaque here
   */
  public CachedState(long sequence, byte[] state) {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence is " + sequence + "; it counts from 0");
    }
    this.sequence = sequence;
    this.state = state;
  }

  /** The member's sequence at this state. */
  public long sequence() {
    return sequence;
  }

  /** The state, not a copy. */
  public byte[] state() {
    return state;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CachedState cached
        && cached.sequence == sequence
        && Arrays.equals(cached.state, state);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(sequence) + Arrays.hashCode(state);
  }

  @Override
  public String toString() {
    return "CachedState[sequence=" + sequence + ", state=" + state.length + " bytes]";
  }
}
