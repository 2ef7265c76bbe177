package points.ledger.lane;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.cache.MemberStateCache;
import points.ledger.commit.WriteFailureException;

/**
 * Handles the failure of a whole batch: decides what becomes of its commands.
 *
 * <p>All but a command that PostgreSQL can never write go back to the queue. Example: the
 * connection is lost while a batch of three commands is being committed. The handler drops their
 * members' states from memory and puts the commands back. The next batch finds which of them have
 * an entry, and writes the others.
 */
final class BatchFailureHandler {

  private static final Logger LOG = LoggerFactory.getLogger(BatchFailureHandler.class);

  private final CommandQueue queue;
  private final MemberStateCache states;
  private final DatabaseHealth database;
  private final KnownBudgets budgets;
  private final PoisonCommandIsolation isolation;
  private final DuplicateProbePolicy probes;
  private final LaneMetrics metrics;

  BatchFailureHandler(
      CommandQueue queue,
      MemberStateCache states,
      DatabaseHealth database,
      KnownBudgets budgets,
      PoisonCommandIsolation isolation,
      DuplicateProbePolicy probes,
      LaneMetrics metrics) {
    this.queue = queue;
    this.states = states;
    this.database = database;
    this.budgets = budgets;
    this.isolation = isolation;
    this.probes = probes;
    this.metrics = metrics;
  }

  void handle(BatchBuilder batch, Throwable cause) {
    List<QueuedCommand> queued = batch.queued();
    probes.duplicateSeen();
    switch (WriteFailureException.kindOf(cause)) {
      case CONFLICT -> {
        LOG.debug(
            "batch of {} commands conflicts with another: {}", batch.size(), cause.toString());
        metrics.conflict();
        queue.decideAgain(queued);
      }
      case OTHER_BUDGET -> decideOnRest(queued, cause);
      case REJECTED -> isolate(queued, cause);
      case UNAVAILABLE -> {
        database.failed();
        queue.putBack(queued);
      }
      case REWOUND -> {
        LOG.warn(
            "PostgreSQL has less of a member than this node remembers; a batch of {} commands was"
                + " rolled back, and the lane decides them again on what PostgreSQL has. Check"
                + " whether PostgreSQL failed over to a standby that was behind, or a backup was"
                + " restored while nodes ran; see \"PostgreSQL has less than a node remembers\" in"
                + " the runbook: {}",
            batch.size(),
            cause.toString());
        batch.members().forEach(member -> states.suspect(member.key));
        queue.decideAgain(queued);
      }
      case UNKNOWN -> {
        LOG.warn(
            "outcome of a batch of {} commands unknown; the lane looks them up and sends them"
                + " again, see PointsCommitsInDoubt in the runbook: {}",
            batch.size(),
            cause.toString());
        lookUpAgain(batch, queued);
      }
    }
  }

  /**
   * Decides again by what is left of a budget. The next batches are smaller: a command that has an
   * entry already, or a member that another node has changed, would fail a large one again.
   */
  private void decideOnRest(List<QueuedCommand> queued, Throwable cause) {
    budgets.learn(WriteFailureException.budgetsOf(cause));
    metrics.otherBudget();
    isolation.shrink(queued.size());
    queue.decideAgain(queued);
  }

  /** Trusts nothing that this node remembers of the batch's members and commands. */
  private void lookUpAgain(BatchBuilder batch, List<QueuedCommand> queued) {
    metrics.unknown();
    queued.forEach(QueuedCommand::markMayHaveEntry);
    batch.members().forEach(member -> states.suspect(member.key));
    queue.decideAgain(queued);
  }

  /**
   * Finds the one command that PostgreSQL rejects, by halving the batch, and fails it. The other
   * commands are put back; this is not counted as an attempt, because the search always ends.
   */
  private void isolate(List<QueuedCommand> queued, Throwable cause) {
    if (queued.size() == 1) {
      LOG.error(
          "PostgreSQL rejects this command, a fault of this program: its caller gets 500, the"
              + " others of its batch go through; report this line and its stack trace, see"
              + " PointsInternalErrors in the runbook: {}",
          queued.get(0).command,
          cause);
      queue.fail(queued.get(0), cause);
      isolation.found();
    } else {
      LOG.warn(
          "PostgreSQL rejects a batch of {} commands; the lane halves it to find the one at"
              + " fault: {}",
          queued.size(),
          cause.toString());
      isolation.rejected(queued);
      queue.putBack(queued);
    }
  }
}
