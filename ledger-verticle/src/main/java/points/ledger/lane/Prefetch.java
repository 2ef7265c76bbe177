package points.ledger.lane;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.cache.MemberStateCache;
import points.ledger.command.HistoryQuery;
import points.ledger.model.MemberKey;
import points.ledger.store.CommittedEntries;

/**
 * Loads what decisions need: states of members, and entries. Meanwhile all commands of the member
 * wait, so that its state does not change between the load and the decision.
 */
final class Prefetch {

  private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

  private record LookUp(QueuedCommand queued, HistoryQuery needed) {}

  private final CommandQueue queue;
  private final MemberStateCache states;
  private final HistoryLoader histories;
  private final LaneMetrics metrics;
  private final DatabaseHealth database;

  private List<MemberKey> members = new ArrayList<>();
  private List<LookUp> entries = new ArrayList<>();

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
   * Loads the member's state, with the entries if the command cannot do without them. This command
   * and later ones of the member wait for that.
   */
  void wantState(QueuedCommand first) {
    HistoryQuery needed = first.command.neededHistory();
    if (needed != null) {
      metrics.loaded(1);
      wantEntries(first, needed);
    } else {
      queue.waitForLoad(first);
      members.add(first.command.member());
    }
  }

  /** Loads entries for the command; it and later ones of the member wait for them. */
  void wantEntries(QueuedCommand first, HistoryQuery needed) {
    queue.waitForLoad(first);
    entries.add(new LookUp(first, needed));
  }

  /**
   * Starts the wanted loads. Entries of members that are in the current batch are loaded after it,
   * because it changes their state.
   *
   * @param isChanging whether a member is in the current batch
   * @param afterEach called after each load
   */
  void begin(Predicate<MemberKey> isChanging, Runnable afterEach) {
    List<LookUp> wanted = entries;
    entries = new ArrayList<>();
    for (LookUp it : wanted) {
      if (isChanging.test(it.queued().command.member())) {
        entries.add(it);
      } else {
        lookUp(it, afterEach);
      }
    }
    if (!members.isEmpty()) {
      List<MemberKey> unknown = members;
      members = new ArrayList<>();
      load(unknown, afterEach);
    }
  }

  private void load(List<MemberKey> unknown, Runnable afterwards) {
    metrics.loaded(unknown.size());
    end(states.load(unknown), unknown, afterwards);
  }

  private void lookUp(LookUp wanted, Runnable afterwards) {
    MemberKey member = wanted.queued().command.member();
    metrics.lookedUp();
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
            LOG.warn(
                "{} members not loaded from PostgreSQL, will try again: {}",
                loading.size(),
                done.cause().toString());
            database.failed();
          }
          loading.forEach(queue::loaded);
          afterwards.run();
        });
  }
}
