package points.load.fault.check.entry;

import java.util.List;
import java.util.OptionalLong;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.model.Entry;

/**
 * The order of the entries agrees with real time. A request that began after another was
 * acknowledged has the higher sequence.
 */
public final class RealTimeOrderRule {
  private RealTimeOrderRule() {}

  /** Goes from the newest entry down, with the earliest acknowledgement of all newer ones. */
  public static void check(MemberHistory member, Findings findings) {
    List<Entry> entries = member.entries();
    long earliest = Long.MAX_VALUE;
    Entry acknowledged = null;
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      RequestCalls request = member.request(entry);
      if (request == null) {
        continue;
      }
      if (acknowledged != null && earliest < request.begin()) {
        findings.add(
            "the entry with the higher sequence was acknowledged before the other was asked for",
            entry,
            acknowledged);
      }
      OptionalLong known = request.knownApplied();
      if (known.isPresent() && known.getAsLong() < earliest) {
        earliest = known.getAsLong();
        acknowledged = entry;
      }
    }
  }
}
