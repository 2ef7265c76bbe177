package points.cluster.cache;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One member's cache entry: the newest state and the lease.
 *
 * <p>It is never changed, only replaced. The new entry follows from the old one and the arguments
 * alone, so that a repeated run and a run on a backup have the same result.
 *
 * @param cached the newest published state, if any
 * @param holder the node that holds the lease; {@link #NOBODY} when it is free
 * @param untilMillis when the lease runs out, exclusive, in milliseconds of the epoch
 */
record CacheEntry(@Nullable CachedState cached, UUID holder, long untilMillis) {
  static final UUID NOBODY = new UUID(0, 0);
  static final CacheEntry EMPTY = new CacheEntry(null, NOBODY, 0);

  /** Of this entry with the lease given to {@code node}, or this entry if another holds it. */
  CacheEntry acquiredBy(UUID node, Set<UUID> present, long nowMillis, long newUntilMillis) {
    if (holder.equals(node)) {
      return new CacheEntry(cached, node, Math.max(untilMillis, newUntilMillis));
    }
    boolean free = untilMillis <= nowMillis || !present.contains(holder);
    return free ? new CacheEntry(cached, node, newUntilMillis) : this;
  }

  /** This entry with {@code newest} if it is newer, its lease extended if {@code node} holds it. */
  CacheEntry published(CachedState newest, UUID node, long newUntilMillis) {
    boolean newer = cached == null || cached.sequence() < newest.sequence();
    long until = holder.equals(node) ? Math.max(untilMillis, newUntilMillis) : untilMillis;
    return newer || until != untilMillis
        ? new CacheEntry(newer ? newest : cached, holder, until)
        : this;
  }

  /** This entry, or its lease with the other's state if that is newer. */
  CacheEntry mergedWith(CacheEntry other) {
    boolean newer =
        other.cached != null && (cached == null || cached.sequence() < other.cached.sequence());
    return newer ? new CacheEntry(other.cached, holder, untilMillis) : this;
  }

  /**
   * This entry with the lease free if {@code node} holds it; null when nothing is left to remember.
   */
  @Nullable CacheEntry releasedBy(UUID node) {
    if (!holder.equals(node)) {
      return this;
    }
    return cached == null ? null : new CacheEntry(cached, NOBODY, 0);
  }
}
