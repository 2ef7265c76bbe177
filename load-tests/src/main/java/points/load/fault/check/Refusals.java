package points.load.fault.check;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;

/**
 * A refusal was true of a state that may have been the newest while its caller waited. A key that
 * has an entry was refused before that entry, if at all: after it, the entry is the answer.
 */
final class Refusals {
  private static final Set<String> OF_WHO_IS_THERE =
      Set.of("member_not_found", "member_closed", "member_merged");

  private final MemberCase member;
  private final Findings findings;

  private Refusals(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Refusals refusals = new Refusals(member, findings);
    for (Request request : member.requests()) {
      request.refused().forEach(call -> refusals.check(request, call));
    }
  }

  private void check(Request request, Call call) {
    List<Entry> own = member.entriesOf(request);
    int states = own.isEmpty() ? member.states().size() : (int) own.get(0).sequence();
    if (member.whole().pools().isTrue(call)
        || isTrueOf(member, states, call)
        || others(call).anyMatch(it -> isTrueOf(it, it.states().size(), call))) {
      return;
    }
    findings.add(
        own.isEmpty()
            ? "a refusal is true of no state that was the newest meanwhile"
            : "a refusal is true of no state before its own entry",
        own.isEmpty() ? List.of(call) : request.calls(),
        own.isEmpty() ? around(call) : own);
  }

  /**
   * Of whom it may be true besides: the one to whom something was to go, of whom nothing counts but
   * that he is there, and as whom a refund's member goes on.
   */
  private Stream<MemberCase> others(Call call) {
    Wish wish = call.wish();
    Stream<String> others = Stream.empty();
    if (wish instanceof Wish.Refund) {
      others = member.whole().merged().from(wish.memberId()).stream();
    } else if (OF_WHO_IS_THERE.contains(((Answer.Refused) call.answer()).code())) {
      others =
          wish instanceof Wish.Transfer transfer
              ? Stream.of(transfer.to())
              : wish instanceof Wish.Merge merge ? Stream.of(merge.into()) : others;
    }
    return others.filter(it -> !it.equals(member.memberId())).map(member.whole()::caseOf);
  }

  /** Whether it is true of one of the first so many states of a member. */
  private static boolean isTrueOf(MemberCase member, int states, Call call) {
    Timeline timeline = member.timeline();
    return IntStream.range(0, Math.min(states, timeline.states()))
        .filter(k -> timeline.mayHaveHeld(k, call.begin(), call.end()))
        .anyMatch(k -> isTrue(new Claim(call.wish(), member, k), call));
  }

  private static boolean isTrue(Claim claim, Call call) {
    Instant from = claim.member().whole().timeAt(call.begin());
    Instant to = claim.member().whole().timeAt(call.end());
    Answer.Refused refused = (Answer.Refused) call.answer();
    return View.of(claim.state(), from, to).stream().anyMatch(it -> claim.isTrue(refused, it));
  }

  /** The entries that were made while the caller waited, and the one before them. */
  private List<Entry> around(Call call) {
    Timeline timeline = member.timeline();
    return IntStream.range(1, timeline.states())
        .filter(k -> timeline.mayHaveHeld(k, call.begin(), call.end()))
        .mapToObj(k -> member.entries().get(k - 1))
        .toList();
  }
}
