package points.load.fault.check.answer;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.Freshness;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.check.history.Timeline;
import points.load.fault.check.history.VisibleState;
import points.load.fault.history.Call;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.MemberState;

/** A balance shows a state that PostgreSQL has, and none that is older than it may be. */
public final class BalanceReadRule {
  private final MemberHistory member;
  private final Findings findings;
  private final Timeline timeline;
  private final Map<String, long[]> firstAcknowledged = new HashMap<>();

  private BalanceReadRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
    this.timeline = member.timeline();
  }

  /** Reports balances that show no state of the member. */
  public static void checkTruth(MemberHistory member, Findings findings) {
    BalanceReadRule reads = new BalanceReadRule(member, findings);
    for (Call call : member.reads()) {
      if (call.answer() instanceof RecordedAnswer.BalanceRead seen) {
        reads.checkTruth(call, seen);
      } else if (!isNotFound(call)) {
        findings.add("a balance was refused without a reason", call);
      }
    }
  }

  /** Reports balances that lack what was acknowledged before, and are not marked stale. */
  public static void checkFreshness(MemberHistory member, Findings findings) {
    BalanceReadRule reads = new BalanceReadRule(member, findings);
    for (Call call : member.reads()) {
      if (!(call.answer() instanceof RecordedAnswer.BalanceRead seen) || !seen.stale()) {
        reads.checkFreshness(call, sequence(call));
      }
    }
  }

  private void checkTruth(Call call, RecordedAnswer.BalanceRead seen) {
    long k = seen.sequence();
    if (k < 0 || k >= timeline.states()) {
      findings.add(
          "a balance shows sequence %d, PostgreSQL has %d".formatted(k, timeline.states() - 1),
          call);
      return;
    }
    int state = (int) k;
    List<Entry> shown = state == 0 ? List.of() : List.of(member.entries().get(state - 1));
    if (!timeline.mayHaveBeenReached(state, call.end())) {
      findings.add(
          "a balance shows a change that was asked for only after it", List.of(call), shown);
    }
    MemberState expected = member.states().get(state);
    List<VisibleState> views =
        VisibleState.of(
            expected,
            seen.stale() ? Instant.EPOCH : member.index().timeAt(call.begin()),
            member.index().timeAt(call.end()));
    if (seen.lifetimeEarned() != expected.lifetimeEarned()
        || seen.lifetimeSpent() != expected.lifetimeSpent()
        || views.stream().noneMatch(view -> shows(seen, view))) {
      findings.add(
          "a balance is not the one of its sequence, which has %s, earned %d, spent %d"
              .formatted(views, expected.lifetimeEarned(), expected.lifetimeSpent()),
          List.of(call),
          shown);
    }
  }

  private static boolean shows(RecordedAnswer.BalanceRead seen, VisibleState view) {
    RecordedAnswer.OtherSums others =
        new RecordedAnswer.OtherSums(
            view.held(), view.pending(), view.debt(), view.storedValue(), view.storedValueHeld());
    return seen.available() == view.available() && seen.others().equals(others);
  }

  private void checkFreshness(Call read, long shown) {
    if (shown + 1 >= timeline.states()
        || firstAcknowledged(read)[(int) shown + 1] >= read.begin()) {
      return;
    }
    for (int k = timeline.states() - 1; k > shown; k--) {
      Entry entry = member.entries().get(k - 1);
      for (Call call : acknowledged(entry)) {
        if (call.end() < read.begin() && counts(call, read)) {
          findings.add(
              "a balance of sequence %d does not show what was acknowledged before it was asked for"
                  .formatted(shown),
              List.of(read, call),
              List.of(entry));
          return; // any other is the same fault
        }
      }
    }
  }

  /** By state: the earliest acknowledgement of it and of all later ones that counts. */
  private long[] firstAcknowledged(Call read) {
    String scope = member.freshness() == Freshness.OF_THE_NODE ? read.node() : "";
    return firstAcknowledged.computeIfAbsent(
        scope,
        node -> {
          long[] first = new long[timeline.states() + 1];
          first[timeline.states()] = Long.MAX_VALUE;
          for (int k = timeline.states() - 1; k > 0; k--) {
            first[k] =
                acknowledged(member.entries().get(k - 1)).stream()
                    .filter(call -> counts(call, read))
                    .mapToLong(Call::end)
                    .reduce(first[k + 1], Math::min);
          }
          return first;
        });
  }

  /** A node that forms no cluster may replay what another node wrote, without knowing of it. */
  private boolean counts(Call acknowledgement, Call read) {
    return member.freshness() == Freshness.OF_THE_CLUSTER
        || (acknowledgement.node().equals(read.node())
            && !((RecordedAnswer.Acknowledged) acknowledgement.answer()).replayed());
  }

  private List<Call> acknowledged(Entry entry) {
    RequestCalls request = member.request(entry);
    return request == null ? List.of() : request.acknowledged();
  }

  /** The sequence that was read; 0 for a member that was not found. */
  private static long sequence(Call call) {
    return call.answer() instanceof RecordedAnswer.BalanceRead seen ? seen.sequence() : 0;
  }

  private static boolean isNotFound(Call call) {
    return call.answer() instanceof RecordedAnswer.Refused refused
        && refused.code().equals("member_not_found");
  }
}
