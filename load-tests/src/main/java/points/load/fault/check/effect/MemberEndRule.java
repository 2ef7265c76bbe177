package points.load.fault.check.effect;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.MemberState;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** A member is merged or closed once, while nothing is held, and has nothing afterwards. */
public final class MemberEndRule {
  private MemberEndRule() {}

  /** Reports members that end with holds, keep something, or have entries after their end. */
  public static void check(MemberHistory member, Findings findings) {
    List<Entry> entries = member.entries();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == Entry.Kind.MERGE_OUT || entry.kind() == Entry.Kind.CLOSING) {
        check(entry, member.states().get(i), member.states().get(i + 1), findings);
        if (i + 1 < entries.size()) {
          findings.add("a member has an entry after its end", entry, entries.get(i + 1));
          return; // any later entry is the same fault
        }
      }
    }
  }

  private static void check(Entry end, MemberState before, MemberState after, Findings findings) {
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
    // The program of these tests lets points be forfeited.
    Long paidOut = end.origin().amount();
    long stored = -end.moved(Movement.STORED_VALUE, Place.AVAILABLE);
    if (end.kind() == Entry.Kind.CLOSING && (paidOut == null || paidOut != stored)) {
      findings.add("a closed member was paid %s of %d".formatted(paidOut, stored), end);
    }
  }
}
