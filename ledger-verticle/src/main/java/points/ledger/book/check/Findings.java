package points.ledger.book.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings; the first {@link #MAX} are kept, and those that stop publishing before others.
 */
final class Findings {

  static final int MAX = 200;

  private final List<Finding> all = new ArrayList<>();

  void add(FindingKind kind, String pointer, Words rule) {
    add(kind, pointer, rule, "", "");
  }

  /**
   * Adds a finding about a rule and another.
   *
   * @param names that both have in common
   */
  void add(FindingKind kind, String pointer, Words rule, String other, String names) {
    if (all.size() == MAX && (!kind.stopsPublishing() || !dropLast())) {
      return;
    }
    all.add(new Finding(kind, pointer, kind.of(rule, other, names)));
  }

  /** Makes room for a finding that stops publishing: many others must not hide it. */
  private boolean dropLast() {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (!all.get(i).stopsPublishing()) {
        all.remove(i);
        return true;
      }
    }
    return false;
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
