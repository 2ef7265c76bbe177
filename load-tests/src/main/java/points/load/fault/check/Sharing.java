package points.load.fault.check;

import java.util.List;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;

/** What is in a pool is spent by who shares it; and who wants to share it may. */
final class Sharing {
  private Sharing() {}

  static void check(MemberCase member, Findings findings) {
    for (Request request : member.requests()) {
      List<Entry> own = member.entriesOf(request);
      long by = request.knownApplied().orElse(Long.MAX_VALUE);
      if (!own.isEmpty() && !member.whole().pools().mayBeIn(request.wish(), request.begin(), by)) {
        findings.add("a pool was shared by who was not in it", request.calls(), own);
      }
    }
    for (Call call : member.calls()) {
      boolean isChange = call.wish() instanceof Wish.Join || call.wish() instanceof Wish.Leave;
      if (isChange && call.answer() instanceof Answer.Refused && !isNotThere(member, call)) {
        findings.add("who may share a pool was refused", List.of(call), List.of());
      }
    }
  }

  /** Only a member can join. */
  private static boolean isNotThere(MemberCase member, Call call) {
    return call.wish() instanceof Wish.Join
        && call.answer() instanceof Answer.Refused refused
        && refused.code().equals("member_not_found")
        && member.timeline().mayHaveHeld(0, call.begin(), call.end());
  }
}
