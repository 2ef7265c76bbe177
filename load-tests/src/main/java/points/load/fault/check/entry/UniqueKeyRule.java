package points.load.fault.check.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.fault.history.Call;
import points.load.model.Entry;

/** Nothing is applied twice. */
public final class UniqueKeyRule {
  private UniqueKeyRule() {}

  public static void check(MemberHistory member, Findings findings) {
    member
        .entriesByKey()
        .forEach((key, entries) -> once("the key " + key, entries, member, findings));
    Map<String, List<Entry>> byOrder = new LinkedHashMap<>();
    for (Entry entry : member.lineage()) {
      Entry.Origin origin = entry.origin();
      if (origin.orderId() != null) {
        String order =
            "the %s %s of order %s of store %s"
                .formatted(entry.kind(), entry.extra().part(), origin.orderId(), origin.storeId());
        byOrder.computeIfAbsent(order, key -> new ArrayList<>(1)).add(entry);
      }
    }
    byOrder.forEach(
        (order, entries) -> {
          // Its own are the last; what two others did with an order is found with them.
          if (entries.get(entries.size() - 1).memberId().equals(member.memberId())) {
            once(order, entries, member, findings);
          }
        });
  }

  private static void once(
      String what, List<Entry> entries, MemberHistory member, Findings findings) {
    if (entries.size() > 1) {
      Request request = member.request(entries.get(0));
      List<Call> calls = request == null ? List.of() : request.calls();
      findings.add("%s was booked %d times".formatted(what, entries.size()), calls, entries);
    }
  }
}
