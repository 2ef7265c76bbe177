package points.ledger.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts for how long a missing node has had no database session. After three counts the shared
 * cache is cleared, because the node may have committed changes that no other node has seen; at the
 * next count the node is declared dead. Not thread-safe.
 */
final class DeadNodes {

  /** More than one, because after an outage of PostgreSQL a node may be about to connect again. */
  static final int COUNTS = 3;

  /** Absence of one node, since its last session. */
  static final class Absence {
    private int counts;
    private boolean isCacheCleared;

    /** Notes that the shared cache was cleared during this absence. */
    void cacheCleared() {
      isCacheCleared = true;
    }
  }

  private final Map<String, Absence> absences = new HashMap<>();

  /**
   * Counts once.
   *
   * @param missing nodes that were missing before the sessions were listed
   * @param writing nodes that have database sessions
   * @return nodes that are dead
   */
  List<String> count(Set<String> missing, Set<String> writing) {
    absences.keySet().retainAll(missing);
    absences.keySet().removeAll(writing);
    for (String node : missing) {
      if (!writing.contains(node)) {
        absences.computeIfAbsent(node, it -> new Absence()).counts++;
      }
    }
    return absences.entrySet().stream()
        .filter(it -> it.getValue().isCacheCleared)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Absences long enough that the shared cache has to be cleared now. */
  List<Absence> toClearCacheFor() {
    return absences.values().stream()
        .filter(it -> it.counts >= COUNTS && !it.isCacheCleared)
        .toList();
  }
}
