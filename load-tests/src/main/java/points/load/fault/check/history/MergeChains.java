package points.load.fault.check.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import points.load.model.Entry;

/** Who was merged into whom: a member that was, goes on as the other. */
public final class MergeChains {
  private final Map<String, String> into = new HashMap<>();

  public MergeChains(List<Entry> entries) {
    for (Entry entry : entries) {
      String other = entry.extra().detail().getString("memberId");
      if (entry.kind() == Entry.Kind.MERGE_OUT && other != null) {
        into.put(entry.memberId(), other);
      }
    }
  }

  /** The member, and after it all as whom it has gone on. */
  public List<String> from(String memberId) {
    Set<String> chain = new LinkedHashSet<>();
    String next = memberId;
    while (next != null && chain.add(next)) {
      next = into.get(next);
    }
    return List.copyOf(chain);
  }

  /** All who go on as this one, at once or by others. */
  public List<String> upTo(String memberId) {
    List<String> all = new ArrayList<>();
    for (String other : into.keySet()) {
      if (!other.equals(memberId) && from(other).contains(memberId)) {
        all.add(other);
      }
    }
    return all;
  }
}
