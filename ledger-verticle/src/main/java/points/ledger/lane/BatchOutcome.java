package points.ledger.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.store.BatchResult;

/**
 * What the database made of a batch, sorted by what is to be done about it.
 *
 * @param committed the new states of the members that were written
 * @param confirmed decisions that hold
 * @param known commands that had an entry already
 * @param again commands to be decided once more: their member's results were thrown away
 * @param stale members that were decided from a state that is no longer theirs
 */
record BatchOutcome(
    Map<MemberKey, MemberState> committed,
    List<BatchBuilder.Decided> confirmed,
    List<QueuedCommand> known,
    List<QueuedCommand> again,
    List<MemberKey> stale) {

  static BatchOutcome of(BatchBuilder batch, BatchResult result) {
    var verdict =
        new BatchOutcome(
            new HashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    int memberNo = 0;
    int commandNo = 0;
    for (BatchBuilder.OfMember member : batch.members()) {
      if (result.confirmed().get(memberNo++)) {
        verdict.addConfirmed(member);
      } else {
        verdict.addThrownAway(member, result, commandNo);
      }
      commandNo += member.decided.size();
    }
    return verdict;
  }

  private void addConfirmed(BatchBuilder.OfMember member) {
    confirmed.addAll(member.decided);
    if (member.after != null && member.isChanged()) {
      committed.put(member.key, member.after);
    }
  }

  private void addThrownAway(BatchBuilder.OfMember member, BatchResult result, int firstCommandNo) {
    boolean isStale = true;
    int commandNo = firstCommandNo;
    for (BatchBuilder.Decided decided : member.decided) {
      boolean isKnown = result.known().get(commandNo++);
      isStale &= !isKnown;
      (isKnown ? known : again).add(decided.pending());
    }
    if (isStale) {
      stale.add(member.key);
    }
  }
}
