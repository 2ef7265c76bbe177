package points.cluster.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The entries of hot members in plain memory, changed by the very steps that run in Hazelcast: what
 * they decide is theirs, only the map is another.
 *
 * <p>It is in their package because steps and entries are nobody else's concern; a test of another
 * module that stands beside them sees them without their being opened to the product.
 */
public final class CacheEntries {

  private final Map<String, CacheEntry> entries = new TreeMap<>();
  private final Duration lease;

  /** Of which leases run for so long. */
  public CacheEntries(Duration lease) {
    this.lease = lease;
  }

  /** What {@link StateCache#take} does where the entries live. */
  public Map<String, LeaseResult> acquire(
      UUID node, Set<UUID> present, Instant now, Collection<String> keys) {
    AcquireLease step = new LeaseHolder(node, () -> present, () -> now, lease).acquire();
    var answers = new HashMap<String, LeaseResult>();
    for (String key : keys) {
      CacheEntry left = Objects.requireNonNull(run(key, step));
      Instant until = Instant.ofEpochMilli(left.untilMillis());
      boolean granted = left.holder().equals(node);
      answers.put(key, new LeaseResult(granted, left.holder().toString(), until, left.cached()));
    }
    return answers;
  }

  /** What {@link StateCache#publish} does where the entries live. */
  public void publish(UUID node, Instant now, Map<String, CachedState> newest) {
    PublishState step = new LeaseHolder(node, Set::of, () -> now, lease).publish(newest);
    newest.keySet().forEach(key -> run(key, step));
  }

  /** What {@link StateCache#release} does where the entries live. */
  public void release(UUID node, Collection<String> keys) {
    keys.forEach(key -> run(key, new ReleaseLease(node)));
  }

  /** The newest published state; null when none is remembered. */
  public @Nullable CachedState read(String key) {
    CacheEntry entry = entries.get(key);
    return entry == null ? null : entry.cached();
  }

  public void forget(String key) {
    entries.remove(key);
  }

  public void clear() {
    entries.clear();
  }

  /** Ends a lease, whoever holds it. */
  public void deleteLease(String key) {
    entries.computeIfPresent(
        key, (k, entry) -> new CacheEntry(entry.cached(), CacheEntry.NOBODY, 0));
  }

  /** What one side of a split has from now on. */
  public CacheEntries split() {
    var side = new CacheEntries(lease);
    side.entries.putAll(entries);
    return side;
  }

  /** Takes back the other side of a split: the higher sequence stays. */
  public void merge(CacheEntries side) {
    side.entries.forEach((key, entry) -> entries.merge(key, entry, CacheEntries::newer));
  }

  private static CacheEntry newer(CacheEntry one, CacheEntry other) {
    return sequence(one) >= sequence(other) ? one : other;
  }

  private static long sequence(CacheEntry entry) {
    return entry.cached() == null ? -1 : entry.cached().sequence();
  }

  private <R> @Nullable R run(String key, CacheEntryProcessor<R> step) {
    var entry = new SimpleEntry<String, CacheEntry>(key, entries.get(key));
    R answer = step.process(entry);
    if (entry.getValue() == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry.getValue());
    }
    return answer;
  }
}
