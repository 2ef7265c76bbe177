package points.load.fault.check.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;

/** No idempotency key, and no part of an order, is booked twice. */
public final class UniqueKeyRule {
  private UniqueKeyRule() {}

  /** Reports keys and parts of orders that have several entries. */
  public static void check(MemberHistory member, Findings findings) {
    member.entriesByKey().forEach((key, entries) -> once("the key " + key, entries, findings));
    Map<String, List<Entry>> byOrder = new LinkedHashMap<>();
    for (Entry entry : member.lineage()) {
      entry
          .order()
          .map(order -> "the %s %s of %s".formatted(entry.kind(), entry.extra().part(), order))
          .ifPresent(part -> byOrder.computeIfAbsent(part, it -> new ArrayList<>(1)).add(entry));
    }
    byOrder.forEach(
        (part, entries) -> {
          // The member's own entries are last; a pair of other members is reported with them.
          if (entries.get(entries.size() - 1).memberId().equals(member.memberId())) {
            once(part, entries, findings);
          }
        });
  }

  private static void once(String what, List<Entry> entries, Findings findings) {
    if (entries.size() > 1) {
      findings.add("%s was booked %d times".formatted(what, entries.size()), entries);
    }
  }
}
