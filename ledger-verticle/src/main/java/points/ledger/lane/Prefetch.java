package points.ledger.lane;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.cache.MemberStateCache;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Needed;
import points.ledger.store.CommittedEntries;

/**
 * Fetches what commands cannot be decided without: members' states, and entries. All commands on
 * the member wait meanwhile, so that nothing of it changes here between the look and the decision.
 */
final class Prefetch {

  private static final Logger LOG = LoggerFactory.getLogger(Prefetch.class);

  private record LookUp(QueuedCommand pending, Needed needed) {}

  private final CommandQueue backlog;
  private final MemberStateCache states;
  private final HistoryLoader lookups;
  private final LaneMetrics metrics;
  private final DatabaseHealth database;
  private final Runnable run;

  private List<MemberKey> members = new ArrayList<>();
  private List<LookUp> entries = new ArrayList<>();

  /**
   * @param run goes on with what was loaded
   */
  Prefetch(
      CommandQueue backlog,
      MemberStateCache states,
      CommittedEntries entries,
      LaneMetrics metrics,
      DatabaseHealth database,
      Runnable run) {
    this.backlog = backlog;
    this.states = states;
    this.lookups = new HistoryLoader(entries, states);
    this.metrics = metrics;
    this.database = database;
    this.run = run;
  }

  /** The member's state is not here; this command and all after it wait for it. */
  void wantState(QueuedCommand first) {
    backlog.waitForLoad(first);
    members.add(first.command.member());
  }

  /** The command needs entries; it and all after it on the member wait for them. */
  void wantEntries(QueuedCommand first, Needed needed) {
    backlog.waitForLoad(first);
    entries.add(new LookUp(first, needed));
  }

  /**
   * Begins with what is wanted, except for entries of members whose state is about to change:
   * theirs come after that.
   *
   * @param isChanging whether commands on a member are in the batch that is under way
   */
  void begin(Predicate<MemberKey> isChanging) {
    List<LookUp> wanted = entries;
    entries = new ArrayList<>();
    for (LookUp it : wanted) {
      if (isChanging.test(it.pending().command.member())) {
        entries.add(it);
      } else {
        lookUp(it);
      }
    }
    if (!members.isEmpty()) {
      List<MemberKey> unknown = members;
      members = new ArrayList<>();
      load(unknown);
    }
  }

  private void load(List<MemberKey> unknown) {
    metrics.loaded(unknown.size());
    end(states.load(unknown), unknown);
  }

  private void lookUp(LookUp wanted) {
    MemberKey member = wanted.pending().command.member();
    metrics.lookedUp();
    end(
        lookups
            .history(member, wanted.needed())
            .onSuccess(found -> wanted.pending().history = found),
        List.of(member));
  }

  private void end(Future<?> loaded, List<MemberKey> loading) {
    loaded.onComplete(
        done -> {
          if (done.failed()) {
            LOG.warn("{} members not loaded: {}", loading.size(), done.cause().toString());
            database.refused();
          }
          loading.forEach(backlog::loaded);
          run.run();
        });
  }
}
