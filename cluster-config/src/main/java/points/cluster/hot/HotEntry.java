package points.cluster.hot;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One member's entry: the newest state and the lease. Never changed, only replaced; what replaces
 * it follows from the entry and the arguments alone, so that a repeat and a backup come to the
 * same.
 *
 * @param hot the newest published state, if any
 * @param holder the node that holds the lease; {@link #NOBODY} when it is free
 * @param untilMillis when the lease runs out, exclusive, in milliseconds of the epoch
 */
record HotEntry(@Nullable Hot hot, UUID holder, long untilMillis) {
  static final UUID NOBODY = new UUID(0, 0);
  static final HotEntry EMPTY = new HotEntry(null, NOBODY, 0);

  /** Of this entry with the lease given to {@code node}, or this entry if another holds it. */
  HotEntry taken(UUID node, Set<UUID> present, long nowMillis, long newUntilMillis) {
    if (holder.equals(node)) {
      return new HotEntry(hot, node, Math.max(untilMillis, newUntilMillis));
    }
    boolean free = untilMillis <= nowMillis || !present.contains(holder);
    return free ? new HotEntry(hot, node, newUntilMillis) : this;
  }

  /** This entry with {@code newest} if it is newer, its lease extended if {@code node} holds it. */
  HotEntry published(Hot newest, UUID node, long newUntilMillis) {
    boolean newer = hot == null || hot.sequence() < newest.sequence();
    long until = holder.equals(node) ? Math.max(untilMillis, newUntilMillis) : untilMillis;
    return newer || until != untilMillis ? new HotEntry(newer ? newest : hot, holder, until) : this;
  }

  /** This entry, or its lease with the other's state if that is newer. */
  HotEntry mergedWith(HotEntry other) {
    boolean newer = other.hot != null && (hot == null || hot.sequence() < other.hot.sequence());
    return newer ? new HotEntry(other.hot, holder, untilMillis) : this;
  }

  /**
   * This entry with the lease free if {@code node} holds it; null when nothing is left to remember.
   */
  @Nullable HotEntry givenUp(UUID node) {
    if (!holder.equals(node)) {
      return this;
    }
    return hot == null ? null : new HotEntry(hot, NOBODY, 0);
  }
}
