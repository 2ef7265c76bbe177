package points.load.fault.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.ledger.Entry;

/**
 * A refusal was true of a state that may have been the newest while its caller waited. A key that
 * has an entry was refused before that entry, if at all: after it, the entry is the answer.
 */
final class Refusals {
  private final MemberCase member;
  private final Timeline timeline;
  private final Map<String, List<Entry>> entries;
  private final Findings findings;

  private Refusals(MemberCase member, Findings findings) {
    this.member = member;
    this.timeline = new Timeline(member);
    this.entries = member.entriesByKey();
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Refusals refusals = new Refusals(member, findings);
    for (Request request : member.requests()) {
      request.refused().forEach(call -> refusals.check(request, call));
    }
  }

  private void check(Request request, Call call) {
    List<Entry> own = entries.getOrDefault(request.key(), List.of());
    long before = own.isEmpty() ? Long.MAX_VALUE : own.get(0).sequence();
    int states = (int) Math.min(timeline.states(), before);
    boolean isTrue =
        IntStream.range(0, states)
            .filter(k -> mayHaveHeld(k, call))
            .anyMatch(k -> isTrueOf(k, call));
    if (!isTrue) {
      findings.add(
          own.isEmpty()
              ? "a refusal is true of no state that was the newest meanwhile"
              : "a refusal is true of no state before its own entry",
          own.isEmpty() ? List.of(call) : request.calls(),
          own.isEmpty() ? around(call) : own);
    }
  }

  private boolean isTrueOf(int state, Call call) {
    Instant from = member.whole().timeAt(call.begin());
    Instant to = member.whole().timeAt(call.end());
    Claim claim =
        new Claim(call.wish(), member.entries().subList(0, state), member.states().get(state));
    Answer.Refused refused = (Answer.Refused) call.answer();
    return View.of(claim.state(), from, to).stream().anyMatch(it -> claim.isTrue(refused, it));
  }

  private boolean mayHaveHeld(int state, Call call) {
    return timeline.mayHaveHeld(state, call.begin(), call.end());
  }

  /** The entries that were made while the caller waited, and the one before them. */
  private List<Entry> around(Call call) {
    return IntStream.range(1, timeline.states())
        .filter(k -> mayHaveHeld(k, call))
        .mapToObj(k -> member.entries().get(k - 1))
        .toList();
  }
}
