package points.load.fault.check.answer;

import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.history.Answer;

/**
 * What the gateway cannot do at present it says; that it does not know what happened, it must not.
 */
public final class ServerErrorRule {
  private ServerErrorRule() {}

  public static void check(MemberHistory member, Findings findings) {
    member.calls().stream()
        .filter(call -> call.answer() instanceof Answer.ServerError)
        .forEach(
            call -> {
              String code = ((Answer.ServerError) call.answer()).code();
              findings.add("a call was answered 500 " + code, call);
            });
  }
}
