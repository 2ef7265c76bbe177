package points.ledger.book.check;

import java.util.ArrayList;
import java.util.List;

/** Collects findings; the first {@link #MAX} are kept. */
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
    if (all.size() < MAX) {
      all.add(new Finding(kind, pointer, kind.of(rule, other, names)));
    }
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
