package points.load.fault.check.history;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.load.model.Entry;

/** The merges of members. A member may be merged into one that is merged later itself. */
public final class MergeChains {
  private final Map<String, String> into = new HashMap<>();

  MergeChains(List<Entry> entries) {
    for (Entry entry : entries) {
      String other = entry.extra().detail().getString("memberId");
      if (entry.kind() == Entry.Kind.MERGE_OUT && other != null) {
        into.put(entry.memberId(), other);
      }
    }
  }

  /** The member, and after it all members into which it was merged in turn. */
  public List<String> from(String memberId) {
    Set<String> chain = new LinkedHashSet<>();
    String next = memberId;
    while (next != null && chain.add(next)) {
      next = into.get(next);
    }
    return List.copyOf(chain);
  }

  /** The members that were merged into this one, directly or in turn. */
  List<String> upTo(String memberId) {
    return into.keySet().stream()
        .filter(other -> !other.equals(memberId) && from(other).contains(memberId))
        .toList();
  }
}
