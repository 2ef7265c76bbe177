package points.load.fault.check.answer;

import java.util.List;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;

/** However often a key is sent, its answer is the same to the byte. */
public final class ReplayRule {
  private ReplayRule() {}

  /** Reports keys that were acknowledged with different bytes. */
  public static void check(MemberHistory member, Findings findings) {
    for (Request request : member.requests()) {
      List<Call> acknowledged =
          request.calls().stream()
              .filter(call -> call.answer() instanceof Answer.Acknowledged)
              .toList();
      if (acknowledged.stream().map(ReplayRule::body).distinct().count() > 1) {
        findings.add("one key was answered in different words", acknowledged, List.of());
      }
    }
  }

  private static String body(Call call) {
    return ((Answer.Acknowledged) call.answer()).body();
  }
}
