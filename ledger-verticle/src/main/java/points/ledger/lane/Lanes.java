package points.ledger.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.MemberStateCache;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.commit.BatchWriter;
import points.ledger.commit.CommittedEntries;
import points.ledger.model.MemberKey;

/** All lanes of a node. Commands of one member go to the same lane, which decides them in order. */
public final class Lanes {

  private final Supplier<Promise<Outcome>> answers;
  private final LaneOptions options;
  private final LaneClock clock;
  private final MemberStateCache states;
  private final CommittedEntries entries;
  private final Rules rules;
  private final KnownBudgets budgets = new KnownBudgets();
  private final MeterRegistry registry;
  private final AtomicReferenceArray<@Nullable Lane> lanes;
  private final AtomicInteger opened = new AtomicInteger();

  /**
   * Makes places for lanes; a lane opens when its verticle starts.
   *
   * @param answers makes promises that complete on the caller's context
   * @param count number of lanes
   * @param clock dates commands and finds overdue ones
   * @param rules returns the program of a command; throws when there is none
   */
  public Lanes(
      Supplier<Promise<Outcome>> answers,
      int count,
      LaneOptions options,
      LaneClock clock,
      MemberStateCache states,
      CommittedEntries entries,
      Rules rules,
      MeterRegistry registry) {
    this.answers = answers;
    this.options = options;
    this.clock = clock;
    this.states = states;
    this.entries = entries;
    this.rules = rules;
    this.registry = registry;
    this.lanes = new AtomicReferenceArray<>(count);
  }

  /** Opens the next lane, which runs on this context. */
  public Lane open(Executor context, BatchWriter writer) {
    int laneNo = opened.getAndIncrement();
    var metrics = new LaneMetrics(registry, laneNo);
    var lane = new Lane(context, options, clock, writer, states, entries, rules, budgets, metrics);
    metrics.observe(lane.inbox(), registry, laneNo);
    lanes.set(laneNo, lane);
    return lane;
  }

  /**
   * Has a command decided by its member's lane.
   *
   * @param patience longest time that the caller waits
   * @return the outcome, on the caller's context; fails only by a fault of this program
   */
  public Future<Outcome> submit(Submission submission, Duration patience) {
    Promise<Outcome> answer = answers.get();
    Lane lane = of(submission.command().member());
    if (lane == null) {
      answer.complete(new Outcome.NotApplied(Outcome.Cause.STOPPING));
      return answer.future();
    }
    long now = clock.nanos();
    var queued = new QueuedCommand(submission, answer, now, now + patience.toNanos());
    lane.submit(queued);
    return answer.future();
  }

  /**
   * Releases members that another node owns now: when their batches are finished, drops their
   * states and releases their leases. Commands that still arrive here are decided here all the
   * same.
   */
  public Future<Void> release(Collection<MemberKey> members) {
    var settled = new ArrayList<Future<Void>>();
    for (int i = 0; i < lanes.length(); i++) {
      Lane lane = lanes.get(i);
      if (lane != null) {
        settled.add(lane.published());
      }
    }
    return Future.join(settled).compose(done -> states.release(members));
  }

  /** The budgets as this node knows them. */
  public KnownBudgets budgets() {
    return budgets;
  }

  /** Drops all cached states of members, here and in the cluster, and what is known of budgets. */
  public Future<Void> forgetStates() {
    budgets.forget();
    return states.clear();
  }

  /** Whether PostgreSQL takes every lane's batches. */
  public boolean areWell() {
    for (int i = 0; i < lanes.length(); i++) {
      Lane lane = lanes.get(i);
      if (lane == null || !lane.isWell()) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Lane of(MemberKey member) {
    int hash = member.hashCode();
    return lanes.get(Math.floorMod(hash ^ (hash >>> 16), lanes.length()));
  }
}
