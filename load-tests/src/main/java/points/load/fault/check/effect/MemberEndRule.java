package points.load.fault.check.effect;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** A member ends once, with nothing held, and has nothing afterwards. */
public final class MemberEndRule {
  private final MemberHistory member;
  private final Findings findings;

  private MemberEndRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    MemberEndRule departures = new MemberEndRule(member, findings);
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == Entry.Kind.MERGE_OUT || entry.kind() == Entry.Kind.CLOSING) {
        departures.check(entry, member.states().get(i), member.states().get(i + 1));
        if (i + 1 < entries.size()) {
          findings.add("a member goes on after its end", entry, entries.get(i + 1));
          return; // what follows is the same fault
        }
      }
    }
  }

  private void check(Entry end, MemberState before, MemberState after) {
    if (before.others().reservations().stream().anyMatch(it -> it.place() == Place.HELD)) {
      findings.add("a member has ended while something was held", end);
    }
    MemberState.Others left = after.others();
    if (!after.lots().isEmpty()
        || left.debt() != 0
        || !left.accounts().isEmpty()
        || !left.reservations().isEmpty()) {
      findings.add("a member that has ended still has " + after, end);
    }
    // The program lets points go.
    Long paidOut = end.origin().amount();
    long stored = -end.moved(Movement.STORED_VALUE, Place.AVAILABLE);
    if (end.kind() == Entry.Kind.CLOSING && (paidOut == null || paidOut != stored)) {
      findings.add("a closed member is paid out %s of %d".formatted(paidOut, stored), end);
    }
  }
}
