package points.load.fault.check.answer;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.HistoryIndex;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.check.history.Timeline;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;

/**
 * A refusal is true of a state that may have been the newest while its caller waited. A key that
 * has an entry can only be refused before that entry; after it, the entry is the answer.
 */
public final class RefusalRule {
  /** Refusals that may be about the receiver of a transfer, a move or a merge. */
  private static final Set<String> ABOUT_EXISTENCE =
      Set.of("member_not_found", "member_closed", "member_merged");

  /** Refusals that may be about the member to whom a sale is to be moved. */
  private static final Set<String> ABOUT_BUYER =
      Set.of("insufficient_points", "insufficient_stored_value", "too_much_set_aside");

  private final MemberHistory member;
  private final HistoryIndex index;
  private final Findings findings;

  private RefusalRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.index = member.index();
    this.findings = findings;
  }

  /** Reports refusals that were never true while their callers waited. */
  public static void check(MemberHistory member, Findings findings) {
    RefusalRule rule = new RefusalRule(member, findings);
    for (RequestCalls request : member.requests()) {
      if (!(request.operation() instanceof Operation.Withdrawal)) { // they have a rule of their own
        request.refused().forEach(call -> rule.check(request, call));
      }
    }
  }

  private void check(RequestCalls request, Call call) {
    List<Entry> own = member.entriesOf(request);
    int states = own.isEmpty() ? member.states().size() : (int) own.get(0).sequence();
    if (index.pools().isRightlyRefused(call)
        || isTrueOf(member, states, call)
        || others(call).anyMatch(it -> isTrueOf(it, it.states().size(), call))) {
      return;
    }
    if (own.isEmpty()) {
      findings.add(
          "a refusal is true of no state that was the newest meanwhile",
          List.of(call),
          around(call));
    } else {
      findings.add("a refusal is true of no state before its own entry", own);
    }
  }

  /** The other members of which a refusal may be true. */
  private Stream<MemberHistory> others(Call call) {
    Operation operation = call.operation();
    Stream<String> others = Stream.empty();
    String code = ((RecordedAnswer.Refused) call.answer()).code();
    if (operation instanceof Operation.Refund refund) {
      others =
          Stream.concat(Stream.of(refund.memberId()), index.membersOf(refund.order()).stream())
              .flatMap(it -> index.merges().from(it).stream())
              .distinct();
    } else if (operation instanceof Operation.Reversal) {
      others = index.merges().from(operation.memberId()).stream();
    } else if (operation instanceof Operation.Move move && ABOUT_BUYER.contains(code)) {
      others = Stream.of(move.to());
    } else if (ABOUT_EXISTENCE.contains(code)) {
      others = Stream.ofNullable(receiver(operation));
    }
    return others.filter(it -> !it.equals(member.memberId())).map(index::historyOf);
  }

  private static @Nullable String receiver(Operation operation) {
    if (operation instanceof Operation.Transfer transfer) {
      return transfer.to();
    } else if (operation instanceof Operation.Move move) {
      return move.to();
    }
    return operation instanceof Operation.Merge merge ? merge.into() : null;
  }

  /** Whether a refusal is true of one of the first states of a member. */
  private boolean isTrueOf(MemberHistory some, int states, Call call) {
    Instant from = index.timeAt(call.begin());
    Instant to = index.timeAt(call.end());
    RecordedAnswer.Refused refused = (RecordedAnswer.Refused) call.answer();
    Timeline timeline = some.timeline();
    return IntStream.range(0, Math.min(states, timeline.states()))
        .filter(k -> timeline.mayHaveHeld(k, call.begin(), call.end()))
        .mapToObj(k -> new RefusalCheck(call.operation(), some, k, to))
        .anyMatch(
            check ->
                VisibleState.of(check.state(), from, to).stream()
                    .anyMatch(state -> check.isTrue(refused, state)));
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
