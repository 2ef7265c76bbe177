package points.ledger.lane;

import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.ledger.cache.MemberStateCache;
import points.ledger.commit.CommittedEntries;
import points.ledger.model.MemberKey;

/**
 * Loads what decisions need: states of members, and entries. Meanwhile all commands of the member
 * wait, so that its state does not change between the load and the decision.
 */
final class Prefetch {

  private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

  private final CountedLog notLoaded = new CountedLog();
  private final CommandQueue queue;
  private final MemberStateCache states;
  private final HistoryLoader histories;
  private final LaneMetrics metrics;
  private final DatabaseHealth database;

  Prefetch(
      CommandQueue queue,
      MemberStateCache states,
      CommittedEntries entries,
      LaneMetrics metrics,
      DatabaseHealth database) {
    this.queue = queue;
    this.states = states;
    this.histories = new HistoryLoader(entries, states);
    this.metrics = metrics;
    this.database = database;
  }

  /**
   * Starts the loads of a plan.
   *
   * @param afterEach called after each load
   */
  void begin(StepPlan plan, Runnable afterEach) {
    plan.lookUps().forEach(it -> lookUp(it, afterEach));
    if (!plan.loads().isEmpty()) {
      load(plan.loads(), afterEach);
    }
  }

  private void load(List<MemberKey> unknown, Runnable afterwards) {
    metrics.loaded(unknown.size());
    end(states.load(unknown), unknown, afterwards);
  }

  private void lookUp(StepPlan.LookUp wanted, Runnable afterwards) {
    MemberKey member = wanted.queued().command.member();
    metrics.lookedUp();
    if (states.find(member) == null) {
      metrics.loaded(1);
    }
    end(
        histories
            .history(member, wanted.needed())
            .onSuccess(found -> wanted.queued().history = found),
        List.of(member),
        afterwards);
  }

  private void end(Future<?> loaded, List<MemberKey> loading, Runnable afterwards) {
    loaded.onComplete(
        done -> {
          if (done.failed()) {
            notLoaded.count(
                loads ->
                    LOG.warn(
                        "members not loaded from PostgreSQL, the lane tries again: {} loads since"
                            + " the last such line, {}",
                        loads,
                        done.cause().toString()));
            database.failed();
          }
          loading.forEach(queue::loaded);
          afterwards.run();
        });
  }
}
