package points.load.fault.check.entry;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.model.Entry;

/** The order of the entries is one in which the callers may have seen them happen. */
public final class RealTimeOrderRule {
  private RealTimeOrderRule() {}

  /** From the newest entry down, remembering the earliest acknowledgement seen so far. */
  public static void check(MemberHistory member, Findings findings) {
    List<Entry> entries = member.entries();
    long earliest = Long.MAX_VALUE;
    Entry acknowledged = null;
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      Request request = member.request(entry);
      if (request == null) {
        continue;
      }
      if (acknowledged != null && earliest < request.begin()) {
        report(member, entry, acknowledged, findings);
      }
      OptionalLong known = request.knownApplied();
      if (known.isPresent() && known.getAsLong() < earliest) {
        earliest = known.getAsLong();
        acknowledged = entry;
      }
    }
  }

  private static void report(
      MemberHistory member, Entry earlier, @Nullable Entry later, Findings findings) {
    List<Entry> both = Stream.of(earlier, later).flatMap(Stream::ofNullable).toList();
    findings.add(
        "the entry with the higher sequence was acknowledged before the other was asked for",
        both.stream()
            .map(member::request)
            .flatMap(Stream::ofNullable)
            .flatMap(request -> request.calls().stream())
            .toList(),
        both);
  }
}
