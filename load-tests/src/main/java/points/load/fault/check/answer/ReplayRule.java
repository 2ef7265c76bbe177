package points.load.fault.check.answer;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Call;
import points.load.fault.history.RecordedAnswer;

/** However often a key is sent, its answer is the same to the byte. */
public final class ReplayRule {
  private ReplayRule() {}

  /** Reports keys that were acknowledged with different bytes. */
  public static void check(MemberHistory member, Findings findings) {
    for (RequestCalls request : member.requests()) {
      List<Call> acknowledged =
          request.calls().stream()
              .filter(call -> call.answer() instanceof RecordedAnswer.Acknowledged)
              .toList();
      if (acknowledged.stream().map(ReplayRule::body).distinct().count() > 1) {
        findings.add("one key was answered in different words", acknowledged, List.of());
      }
    }
  }

  private static String body(Call call) {
    return ((RecordedAnswer.Acknowledged) call.answer()).body();
  }
}
