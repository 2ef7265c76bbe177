package points.load.opening;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers to the lines of a file, from several connections. */
final class ImportTally {

  private final LongAdder done = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder reconnected = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  void done(boolean again) {
    (again ? replayed : done).increment();
  }

  /**
   * A line that was not done.
   *
   * @param code of the problem
   */
  void refused(String code) {
    refused.computeIfAbsent(code, it -> new LongAdder()).increment();
  }

  void reconnected() {
    reconnected.increment();
  }

  long doneCount() {
    return done.sum();
  }

  long replayedCount() {
    return replayed.sum();
  }

  long reconnectedCount() {
    return reconnected.sum();
  }

  /** Returns the refused lines by the code of the problem. */
  Map<String, Long> refusedCounts() {
    var counts = new TreeMap<String, Long>();
    refused.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  long answeredCount() {
    return doneCount()
        + replayedCount()
        + refusedCounts().values().stream().mapToLong(Long::longValue).sum();
  }
}
