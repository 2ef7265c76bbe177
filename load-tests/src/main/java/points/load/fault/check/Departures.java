package points.load.fault.check;

import java.util.List;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Member;
import points.load.fault.ledger.Movement;
import points.load.fault.ledger.Movement.Place;

/** A member ends once, with nothing held, and has nothing afterwards. */
final class Departures {
  private final MemberCase member;
  private final Findings findings;

  private Departures(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Departures departures = new Departures(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == Entry.Kind.MERGE_OUT || entry.kind() == Entry.Kind.CLOSING) {
        departures.check(entry, member.states().get(i), member.states().get(i + 1));
        if (i + 1 < entries.size()) {
          departures.find("a member goes on after its end", entry, entries.get(i + 1));
          return; // what follows is the same fault
        }
      }
    }
  }

  private void check(Entry end, Member before, Member after) {
    if (before.others().reserves().stream().anyMatch(it -> it.place() == Place.HELD)) {
      find("a member has ended while something was held", end);
    }
    Member.Others left = after.others();
    if (!after.lots().isEmpty()
        || left.debt() != 0
        || !left.accounts().isEmpty()
        || !left.reserves().isEmpty()) {
      find("a member that has ended still has " + after, end);
    }
    // The program lets points go.
    Long paidOut = end.origin().amount();
    long stored = -end.moved(Movement.STORED_VALUE, Place.AVAILABLE);
    if (end.kind() == Entry.Kind.CLOSING && (paidOut == null || paidOut != stored)) {
      find("a closed member is paid out %s of %d".formatted(paidOut, stored), end);
    }
  }

  private void find(String what, Entry... entries) {
    findings.add(what, member.callsOf(entries), List.of(entries));
  }
}
