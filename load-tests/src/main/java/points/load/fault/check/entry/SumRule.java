package points.load.fault.check.entry;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;
import points.load.model.EntryFold;
import points.load.model.MemberState;

/** Adds a member's entries up again, from nothing, and compares at every step. */
public final class SumRule {
  private final MemberHistory member;
  private final Findings findings;
  private final EntryFold refold;

  private SumRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
    this.refold = new EntryFold(member.memberId());
  }

  public static void check(MemberHistory member, Findings findings) {
    SumRule sums = new SumRule(member, findings);
    if (sums.sequencesHaveNoGaps()) {
      member.entries().forEach(sums::add);
      sums.compareWithRow();
    }
  }

  private boolean sequencesHaveNoGaps() {
    long expected = 1;
    for (Entry entry : member.entries()) {
      if (entry.sequence() != expected) {
        long stands = expected;
        List<Entry> around =
            member.entries().stream().filter(e -> Math.abs(e.sequence() - stands) <= 1).toList();
        find("an entry stands where %d belongs".formatted(expected), around);
        return false;
      }
      expected++;
    }
    return true;
  }

  private void add(Entry entry) {
    refold.add(entry).forEach(wrong -> find(wrong, entry));
  }

  private void compareWithRow() {
    List<Entry> last =
        member.entries().isEmpty()
            ? List.of()
            : List.of(member.entries().get(member.entries().size() - 1));
    MemberState row = member.row();
    if (row == null) {
      if (!last.isEmpty()) {
        find("a member has entries and no row", last);
      }
      return;
    }
    MemberState expected = refold.state();
    if (!row.equals(expected)) {
      find("the member's row is %s, the entries make %s".formatted(row, expected), last);
    }
  }

  private void find(String what, Entry entry) {
    find(what, List.of(entry));
  }

  private void find(String what, List<Entry> entries) {
    findings.add(
        "member " + member.memberId() + ": " + what,
        entries.stream()
            .map(member::request)
            .filter(request -> request != null)
            .flatMap(request -> request.calls().stream())
            .toList(),
        entries);
  }
}
