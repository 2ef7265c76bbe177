package points.ledger.simulation.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.lane.Lanes;
import points.ledger.model.Entry;
import points.ledger.simulation.world.Words;

/** Submits some answered commands once more in the modes that may write nothing. */
public final class Rehearsal {

  private static final int ONE_IN = 5;

  private final Command command;
  private final HistoryAuditor auditor;
  private final boolean committed;

  private Rehearsal(Command command, HistoryAuditor auditor, boolean committed) {
    this.command = command;
    this.auditor = auditor;
    this.committed = committed;
  }

  public static void of(Attempt attempt, Lanes lanes, Duration patience, HistoryAuditor auditor) {
    if (attempt.no % ONE_IN != 0) {
      return;
    }
    var rehearsal = new Rehearsal(attempt.command, auditor, isCommittedUnderItsKey(attempt));
    lanes
        .submit(Submission.dryRun(attempt.command), patience)
        .onSuccess(rehearsal::checkDryRun)
        .onFailure(rehearsal::checkFault);
    lanes
        .submit(Submission.replay(attempt.command), patience)
        .onSuccess(rehearsal::checkReplay)
        .onFailure(rehearsal::checkFault);
  }

  /** A command that was replayed by its order has not used its key, which another may then use. */
  private static boolean isCommittedUnderItsKey(Attempt attempt) {
    Entry entry =
        attempt.outcome instanceof Outcome.Accepted accepted
            ? accepted.entry()
            : attempt.outcome instanceof Outcome.Replayed replayed ? replayed.entry() : null;
    return entry != null
        && entry.request() != null
        && entry.request().key().equals(attempt.command.request().key());
  }

  private void checkDryRun(Outcome outcome) {
    auditor.count("dry runs, " + kind(outcome));
    auditor.check(
        outcome instanceof Outcome.Previewed
            || outcome instanceof Outcome.Refused
            || outcome instanceof Outcome.NotApplied
            || outcome instanceof Outcome.TimeApplied,
        () -> "a dry run of " + Words.of(command) + " is answered by " + outcome);
  }

  private void checkReplay(Outcome outcome) {
    auditor.count("replays only, " + kind(outcome));
    boolean isUnsure = outcome instanceof Outcome.NotApplied || outcome instanceof Outcome.InDoubt;
    auditor.check(
        !committed || isUnsure || outcome instanceof Outcome.Replayed,
        () -> "the entry of " + Words.of(command) + " is not found: " + outcome);
    auditor.check(
        !(outcome instanceof Outcome.Accepted),
        () -> Words.of(command) + " was to be answered only, and was applied");
  }

  private void checkFault(Throwable fault) {
    auditor.count("rehearsals failed");
    auditor.check(!committed, () -> Words.of(command) + " fails the second time: " + fault);
  }

  private static String kind(@Nullable Outcome outcome) {
    return outcome == null ? "nothing" : outcome.getClass().getSimpleName();
  }
}
