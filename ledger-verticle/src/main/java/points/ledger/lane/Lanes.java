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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.MemberStateCache;
import points.ledger.domain.Command;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.store.BatchWriter;
import points.ledger.store.CommittedEntries;

/** All lanes of a node. Same member, same lane: its commands are decided one after the other. */
public final class Lanes {

  private final Supplier<Promise<Outcome>> answers;
  private final LaneOptions options;
  private final LaneClock clock;
  private final MemberStateCache states;
  private final CommittedEntries entries;
  private final Function<Command, Program> rules;
  private final MeterRegistry registry;
  private final AtomicReferenceArray<@Nullable Lane> lanes;
  private final AtomicInteger opened = new AtomicInteger();

  /**
   * @param answers an answer to come, each on the context of who asks for it
   * @param count how many lanes there will be
   * @param clock by which commands are dated, and overdue
   * @param rules those by which a command is decided; throws if there are none
   */
  public Lanes(
      Supplier<Promise<Outcome>> answers,
      int count,
      LaneOptions options,
      LaneClock clock,
      MemberStateCache states,
      CommittedEntries entries,
      Function<Command, Program> rules,
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

  /** Opens the next lane on this context. */
  public Lane open(Executor context, BatchWriter writer) {
    int laneNo = opened.getAndIncrement();
    var metrics = new LaneMetrics(registry, laneNo);
    var lane = new Lane(context, options, clock, writer, states, entries, rules, metrics);
    metrics.observe(lane.arrivals(), registry, laneNo);
    lanes.set(laneNo, lane);
    return lane;
  }

  /**
   * Has a command decided by its member's lane.
   *
   * @param patience how long the caller waits at most
   * @return what the caller is to be told, on the caller's context; failed only by a fault of ours
   */
  public Future<Outcome> submit(Command command, Duration patience) {
    Promise<Outcome> answer = answers.get();
    Lane lane = of(command.member());
    if (lane == null) {
      answer.complete(new Outcome.NotApplied(Outcome.Cause.STOPPING));
      return answer.future();
    }
    long now = clock.nanos();
    var pending = new QueuedCommand(command, answer, now, now + patience.toNanos());
    lane.arrivals().submit(pending);
    return answer.future();
  }

  /**
   * Has another node decide on these members from now on: forgets them and gives their leases up
   * when what is in flight is settled. Commands that still come here are decided here all the same.
   */
  public Future<Void> release(Collection<MemberKey> members) {
    var settled = new ArrayList<Future<Void>>();
    for (int i = 0; i < lanes.length(); i++) {
      Lane lane = lanes.get(i);
      if (lane != null) {
        settled.add(lane.settled());
      }
    }
    return Future.join(settled).compose(done -> states.release(members));
  }

  /** Nothing that is remembered of any member is believed any more, here or on another node. */
  public Future<Void> forgetStates() {
    return states.clear();
  }

  /** Whether every lane's batches reach the database. */
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
