package points.ledger.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.ledger.commit.BatchResult;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;

/**
 * PostgreSQL's result of a batch, sorted by the next step.
 *
 * @param committed new states of the members that were written
 * @param confirmed decisions that were committed
 * @param known commands that have an entry already
 * @param again commands to decide again, because their member's results were not applied
 * @param outdated members that were decided from an outdated state
 */
record BatchOutcome(
    Map<MemberKey, MemberState> committed,
    List<BatchBuilder.Decided> confirmed,
    List<QueuedCommand> known,
    List<QueuedCommand> again,
    List<MemberKey> outdated) {

  static BatchOutcome of(BatchBuilder batch, BatchResult result) {
    var outcome =
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
        outcome.addConfirmed(member);
      } else {
        outcome.addUnapplied(member, result, commandNo);
      }
      commandNo += member.decided.size();
    }
    return outcome;
  }

  private void addConfirmed(BatchBuilder.OfMember member) {
    confirmed.addAll(member.decided);
    if (member.after != null && member.isChanged()) {
      committed.put(member.key, member.after);
    }
  }

  private void addUnapplied(BatchBuilder.OfMember member, BatchResult result, int firstCommandNo) {
    boolean isOutdated = true;
    int commandNo = firstCommandNo;
    for (BatchBuilder.Decided decided : member.decided) {
      boolean isKnown = result.known().get(commandNo++);
      isOutdated &= !isKnown;
      (isKnown ? known : again).add(decided.queued());
    }
    if (isOutdated) {
      outdated.add(member.key);
    }
  }
}
