package points.load.fault.check.answer;

import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.history.RecordedAnswer;

/** The gateway may say that it cannot do something now, but never that it has failed (500). */
public final class ServerErrorRule {
  private ServerErrorRule() {}

  /** Reports each call that was answered 500. */
  public static void check(MemberHistory member, Findings findings) {
    member
        .calls()
        .forEach(
            call -> {
              if (call.answer() instanceof RecordedAnswer.ServerError error) {
                findings.add("a call was answered 500 " + error.code(), call);
              }
            });
  }
}
