package points.load.fault.check.effect;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;

/** Only members of a pool use its points, and any member may join it. */
public final class PoolRule {
  private PoolRule() {}

  /** Reports members that used a pool without being in it, and joins that were refused. */
  public static void check(MemberHistory member, Findings findings) {
    for (RequestCalls request : member.requests()) {
      List<Entry> own = member.entriesOf(request);
      long by = request.knownApplied().orElse(Long.MAX_VALUE);
      if (!own.isEmpty()
          && !member.index().pools().mayBeIn(request.operation(), request.begin(), by)) {
        findings.add("a pool was used by a member that was not in it", own);
      }
    }
    for (Call call : member.calls()) {
      boolean isChange =
          call.operation() instanceof Operation.Join || call.operation() instanceof Operation.Leave;
      if (isChange
          && call.answer() instanceof RecordedAnswer.Refused
          && !isUnknownMember(member, call)) {
        findings.add("a member that may share a pool was refused", call);
      }
    }
  }

  private static boolean isUnknownMember(MemberHistory member, Call call) {
    return call.operation() instanceof Operation.Join
        && call.answer() instanceof RecordedAnswer.Refused refused
        && refused.code().equals("member_not_found")
        && member.timeline().mayHaveHeld(0, call.begin(), call.end());
  }
}
