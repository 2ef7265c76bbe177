package points.cluster.hot;

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
public final class HotEntries {

  private final Map<String, HotEntry> entries = new TreeMap<>();
  private final Duration lease;

  /** Of which leases run for so long. */
  public HotEntries(Duration lease) {
    this.lease = lease;
  }

  /** What {@link HotMembers#take} does where the entries live. */
  public Map<String, Taken> take(
      UUID node, Set<UUID> present, Instant now, Collection<String> keys) {
    Take step = new Lessee(node, () -> present, () -> now, lease).take();
    var answers = new HashMap<String, Taken>();
    for (String key : keys) {
      HotEntry left = Objects.requireNonNull(run(key, step));
      Instant until = Instant.ofEpochMilli(left.untilMillis());
      boolean granted = left.holder().equals(node);
      answers.put(key, new Taken(granted, left.holder().toString(), until, left.hot()));
    }
    return answers;
  }

  /** What {@link HotMembers#publish} does where the entries live. */
  public void publish(UUID node, Instant now, Map<String, Hot> newest) {
    Publish step = new Lessee(node, Set::of, () -> now, lease).publish(newest);
    newest.keySet().forEach(key -> run(key, step));
  }

  /** What {@link HotMembers#giveUp} does where the entries live. */
  public void giveUp(UUID node, Collection<String> keys) {
    keys.forEach(key -> run(key, new GiveUp(node)));
  }

  /** The newest published state; null when none is remembered. */
  public @Nullable Hot read(String key) {
    HotEntry entry = entries.get(key);
    return entry == null ? null : entry.hot();
  }

  public void forget(String key) {
    entries.remove(key);
  }

  public void clear() {
    entries.clear();
  }

  /** Ends a lease, whoever holds it. */
  public void deleteLease(String key) {
    entries.computeIfPresent(key, (k, entry) -> new HotEntry(entry.hot(), HotEntry.NOBODY, 0));
  }

  /** What one side of a split has from now on. */
  public HotEntries split() {
    var side = new HotEntries(lease);
    side.entries.putAll(entries);
    return side;
  }

  /** Takes back the other side of a split: the higher sequence stays. */
  public void merge(HotEntries side) {
    side.entries.forEach((key, entry) -> entries.merge(key, entry, HotEntries::newer));
  }

  private static HotEntry newer(HotEntry one, HotEntry other) {
    return sequence(one) >= sequence(other) ? one : other;
  }

  private static long sequence(HotEntry entry) {
    return entry.hot() == null ? -1 : entry.hot().sequence();
  }

  private <R> @Nullable R run(String key, EntryStep<R> step) {
    var entry = new SimpleEntry<String, HotEntry>(key, entries.get(key));
    R answer = step.process(entry);
    if (entry.getValue() == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry.getValue());
    }
    return answer;
  }
}
