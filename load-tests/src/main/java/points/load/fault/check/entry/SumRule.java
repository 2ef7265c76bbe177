package points.load.fault.check.entry;

import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.MemberEquations;

/** A member's entries add up to its row, at every step. */
public final class SumRule {
  private SumRule() {}

  /** Reports each equation between entries and row that does not hold. */
  public static void check(MemberHistory member, Findings findings) {
    MemberEquations.broken(member.memberId(), member.entries(), member.row())
        .forEach(it -> findings.add(it.what(), it.entries()));
  }
}
