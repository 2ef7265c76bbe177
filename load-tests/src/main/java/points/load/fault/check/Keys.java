package points.load.fault.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import points.load.fault.history.Call;
import points.load.fault.ledger.Entry;

/** Nothing is applied twice. */
final class Keys {
  private Keys() {}

  static void check(MemberCase member, Findings findings) {
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

  private static void once(String what, List<Entry> entries, MemberCase member, Findings findings) {
    if (entries.size() > 1) {
      Request request = member.request(entries.get(0));
      List<Call> calls = request == null ? List.of() : request.calls();
      findings.add("%s was booked %d times".formatted(what, entries.size()), calls, entries);
    }
  }
}
