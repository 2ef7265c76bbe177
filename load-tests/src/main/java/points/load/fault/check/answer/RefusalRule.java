package points.load.fault.check.answer;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.Request;
import points.load.fault.check.history.Timeline;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.model.Entry;

/**
 * A refusal was true of a state that may have been the newest while its caller waited. A key that
 * has an entry was refused before that entry, if at all: after it, the entry is the answer.
 */
public final class RefusalRule {
  private static final Set<String> OF_WHO_IS_THERE =
      Set.of("member_not_found", "member_closed", "member_merged");

  /** What the one to whom an order is to go may not be able to. */
  private static final Set<String> OF_WHO_BOUGHT =
      Set.of("insufficient_points", "insufficient_stored_value", "too_much_set_aside");

  private final MemberHistory member;
  private final Findings findings;

  private RefusalRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    RefusalRule refusals = new RefusalRule(member, findings);
    for (Request request : member.requests()) {
      if (request.operation() instanceof Operation.Withdrawal) {
        continue; // of which other rules tell
      }
      request.refused().forEach(call -> refusals.check(request, call));
    }
  }

  private void check(Request request, Call call) {
    List<Entry> own = member.entriesOf(request);
    int states = own.isEmpty() ? member.states().size() : (int) own.get(0).sequence();
    if (member.index().pools().isTrue(call)
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
   * Of whom it may be true besides: the one to whom something was to go, of whom little counts but
   * that he is there; as whom the member of a refund or a reversal goes on, and who took part in
   * the order.
   */
  private Stream<MemberHistory> others(Call call) {
    Operation operation = call.operation();
    Stream<String> others = Stream.empty();
    String code = ((Answer.Refused) call.answer()).code();
    if (operation instanceof Operation.Refund refund) {
      Set<String> took = member.index().membersOf(refund.storeId(), refund.orderId());
      others =
          Stream.concat(Stream.of(operation.memberId()), took.stream())
              .flatMap(it -> member.index().merged().from(it).stream())
              .distinct();
    } else if (operation instanceof Operation.Reversal) {
      others = member.index().merged().from(operation.memberId()).stream();
    } else if (operation instanceof Operation.Move move && OF_WHO_BOUGHT.contains(code)) {
      others = Stream.of(move.to());
    } else if (OF_WHO_IS_THERE.contains(code)) {
      others = Stream.ofNullable(receiver(operation));
    }
    return others.filter(it -> !it.equals(member.memberId())).map(member.index()::historyOf);
  }

  private static @Nullable String receiver(Operation operation) {
    if (operation instanceof Operation.Transfer transfer) {
      return transfer.to();
    } else if (operation instanceof Operation.Move move) {
      return move.to();
    }
    return operation instanceof Operation.Merge merge ? merge.into() : null;
  }

  /** Whether it is true of one of the first so many states of a member. */
  private static boolean isTrueOf(MemberHistory member, int states, Call call) {
    Timeline timeline = member.timeline();
    return IntStream.range(0, Math.min(states, timeline.states()))
        .filter(k -> timeline.mayHaveHeld(k, call.begin(), call.end()))
        .anyMatch(k -> isTrue(claim(call, member, k), call));
  }

  private static RefusalCheck claim(Call call, MemberHistory member, int number) {
    return new RefusalCheck(call.operation(), member, number, member.index().timeAt(call.end()));
  }

  private static boolean isTrue(RefusalCheck claim, Call call) {
    Instant from = claim.member().index().timeAt(call.begin());
    Instant to = claim.member().index().timeAt(call.end());
    Answer.Refused refused = (Answer.Refused) call.answer();
    return VisibleState.of(claim.state(), from, to).stream()
        .anyMatch(it -> claim.isTrue(refused, it));
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
