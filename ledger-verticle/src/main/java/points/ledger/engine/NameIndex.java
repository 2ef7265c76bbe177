package points.ledger.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the promotions that ask for some names, such as channels, or ask for none. */
final class NameIndex {

  private final Map<String, BitSet> wanted = new HashMap<>();
  private final Map<String, BitSet> excluded = new HashMap<>();
  private final BitSet indifferent = new BitSet();

  void add(Set<String> names, Set<String> not, int promotion) {
    names.forEach(it -> wanted.computeIfAbsent(it, key -> new BitSet()).set(promotion));
    not.forEach(it -> excluded.computeIfAbsent(it, key -> new BitSet()).set(promotion));
    if (names.isEmpty()) {
      indifferent.set(promotion);
    }
  }

  /** Drops the promotions that do not count for a name. */
  void restrict(BitSet promotions, @Nullable String name) {
    BitSet its = name == null ? null : wanted.get(name);
    retain(promotions, its == null ? new BitSet() : its);
    if (name != null) {
      drop(promotions, name);
    }
  }

  /** Drops the promotions that count for none of these names, or exclude one of them. */
  void restrict(BitSet promotions, Set<String> names) {
    if (wanted.isEmpty() && excluded.isEmpty()) {
      return;
    }
    var its = new BitSet();
    for (String name : names) {
      BitSet more = wanted.get(name);
      if (more != null) {
        its.or(more);
      }
      drop(promotions, name);
    }
    retain(promotions, its);
  }

  private void retain(BitSet promotions, BitSet its) {
    var all = (BitSet) indifferent.clone();
    all.or(its);
    promotions.and(all);
  }

  private void drop(BitSet promotions, String name) {
    BitSet not = excluded.get(name);
    if (not != null) {
      promotions.andNot(not);
    }
  }
}
