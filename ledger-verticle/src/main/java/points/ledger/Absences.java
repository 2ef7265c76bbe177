package points.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long each node that is missing has written nothing. It may have committed, while it was cut
 * off, what nobody else has; so what the nodes remember is forgotten before it is let go. Not
 * thread-safe.
 */
final class Absences {

  /** A missing node may be about to connect its lanes again, after an outage of the database. */
  static final int COUNTS = 3;

  /** That of one node, from its last session on. */
  static final class Absence {
    private int counts;
    private boolean isForgotten;

    /** Since it is absent, all that the nodes remember was forgotten. */
    void forgotten() {
      isForgotten = true;
    }
  }

  private final Map<String, Absence> absences = new HashMap<>();

  /**
   * Takes note of a count.
   *
   * @param missing who was missing before it
   * @param writing who has sessions
   * @return who need not be waited for any more
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
        .filter(it -> it.getValue().isForgotten)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those for whose sake all is to be forgotten now. */
  List<Absence> toForget() {
    return absences.values().stream().filter(it -> it.counts >= COUNTS && !it.isForgotten).toList();
  }
}
