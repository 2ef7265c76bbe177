package points.ledger.simulation.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import points.cluster.cache.StateCache;
import points.ledger.cache.AlwaysConsistent;
import points.ledger.cache.ClusterCache;
import points.ledger.cache.MemberStateCache;
import points.ledger.cache.ReadMetrics;
import points.ledger.cache.StateReader;
import points.ledger.cache.Timeouts;
import points.ledger.command.Command;
import points.ledger.command.Submission;
import points.ledger.commit.Batch;
import points.ledger.lane.Lane;
import points.ledger.lane.LaneClock;
import points.ledger.lane.LaneOptions;
import points.ledger.lane.Lanes;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.refund.RefundService;
import points.ledger.simulation.audit.Attempt;
import points.ledger.simulation.audit.HistoryAuditor;
import points.ledger.simulation.audit.Rehearsal;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.postgres.ModelReader;
import points.ledger.simulation.postgres.ModelWriter;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.SimulatedPrograms;
import points.ledger.simulation.world.Unsure;
import points.ledger.simulation.world.Weather;

/**
 * A node: the real lanes and the real hot states, on one thread that can be paused and that dies
 * with the node. It has as many lives as it has starts.
 */
public final class Node implements LaneClock, Timeouts {

  /** Has no registry behind it, so its meters do nothing. */
  private static final MeterRegistry NO_METERS = new CompositeMeterRegistry();

  private static final ReadMetrics NO_READ_METRICS = new ReadMetrics(NO_METERS);

  /**
   * How a node is made.
   *
   * @param tick how often it lets time pass for its lanes
   */
  public record Setup(int lanes, LaneOptions options, long tick, Instant time, long nanosAtStart) {}

  private final int no;
  private final Setup setup;
  private final Duration skew;
  private final Events events;
  private final Weather weather;
  private final ModelPostgres db;
  private final ModelCluster cluster;
  private final HistoryAuditor auditor;

  private int life;
  private UUID id = new UUID(0, 0);
  private long pausedUntil;
  private long pausedNanos;
  private boolean stopping;
  private @Nullable Lanes lanes;
  private @Nullable MemberStateCache states;
  private @Nullable StateReader readings;
  private @Nullable NodeEffects effects;
  private List<Lane> opened = List.of();

  public Node(int no, Setup setup, Duration skew, ModelPostgres db, ModelCluster cluster) {
    this.no = no;
    this.setup = setup;
    this.skew = skew;
    this.events = db.events;
    this.weather = db.weather;
    this.db = db;
    this.cluster = cluster;
    this.auditor = db.auditor;
  }

  public void start() {
    life++;
    id = new UUID(no, life);
    stopping = false;
    cluster.join(this);
    var reader = new ModelReader(this, db);
    StateCache members = cluster.as(this);
    ClusterCache hot =
        switch (cluster.kind()) {
          case ALONE -> AlwaysConsistent.of(members);
          case UNSURE -> new ClusterCache(members, new Unsure(), cluster.handOverTo(this));
          case CERTAIN ->
              new ClusterCache(members, cluster.certaintyOf(this), cluster.handOverTo(this));
        };
    states = new MemberStateCache(hot, reader, this, 1_000);
    boolean alone = cluster.kind() == ModelCluster.Kind.ALONE;
    readings = new StateReader(states, hot.consistency(), this::instant, alone, NO_READ_METRICS);
    lanes =
        new Lanes(
            Promise::promise,
            setup.lanes(),
            setup.options(),
            this,
            states,
            reader,
            (command, now) -> SimulatedPrograms.find(command.member().programId()),
            NO_METERS);
    var open = new ArrayList<Lane>();
    for (int i = 0; i < setup.lanes(); i++) {
      open.add(
          lanes.open(
              task -> post(weather.between(0, 20 * Events.MICRO), task),
              new ModelWriter(this, db)));
    }
    opened = open;
    effects = new NodeEffects(this, reader, db, cluster, NO_METERS);
    effects.begin();
    tick();
    resolveSuspects();
  }

  private void resolveSuspects() {
    Objects.requireNonNull(states)
        .resolveSuspects()
        .onComplete(done -> post(Events.SECOND, this::resolveSuspects));
  }

  private void tick() {
    opened.forEach(Lane::tick);
    post(setup.tick(), this::tick);
  }

  /** Ends without a word; what it has sent is on its way all the same. */
  public void crash() {
    cluster.leave(id);
    auditor.died(this);
    life++;
    pausedUntil = 0;
    lanes = null;
    states = null;
    readings = null;
    effects = null;
    opened = List.of();
  }

  /**
   * On its own thread: takes nothing on any more; completes when all is answered, or has had its
   * time.
   */
  public Future<Void> stop() {
    stopping = true;
    Objects.requireNonNull(effects).stop();
    long paused = pausedNanos;
    Promise<Void> stopped = Promise.promise();
    Future.join(opened.stream().map(Lane::stop).toList())
        .onSuccess(
            drained -> {
              auditor.drained(this);
              stopped.tryComplete();
            });
    post(
        setup.options().deadline().toNanos() + Events.SECOND,
        () -> {
          boolean isInTime = stopped.future().isComplete() || pausedNanos > paused;
          auditor.check(isInTime, () -> "node " + no + " is not drained");
          stopped.tryComplete();
        });
    return stopped.future();
  }

  public void pause(long nanos) {
    if (!isUp()) {
      return;
    }
    long until = Math.max(pausedUntil, events.now() + nanos);
    pausedNanos += until - Math.max(pausedUntil, events.now());
    pausedUntil = until;
  }

  public boolean isStopping() {
    return stopping;
  }

  public boolean isUp() {
    return lanes != null;
  }

  public int life() {
    return life;
  }

  public int no() {
    return no;
  }

  UUID id() {
    return id;
  }

  /** What runs tasks on a node's own thread; never again, once that life of the node is over. */
  public interface OwnThread {
    void post(long nanos, Runnable task);
  }

  /** Of the life that it has now. */
  public OwnThread thread() {
    int ofLife = life;
    return (nanos, task) -> events.after(nanos, () -> enter(ofLife, task));
  }

  /** Has the node do something in the life that it has now. */
  public void post(long nanos, Runnable task) {
    thread().post(nanos, task);
  }

  private void enter(int ofLife, Runnable task) {
    if (ofLife != life) {
      return;
    }
    if (events.now() < pausedUntil) {
      events.after(pausedUntil - events.now(), () -> enter(ofLife, task));
    } else {
      task.run();
    }
  }

  /** On the node's own thread. */
  public void submit(Attempt attempt, Consumer<Attempt> reply) {
    attempt.submittedAt = events.now();
    attempt.pausedBefore = pausedNanos;
    attempt.life = life;
    auditor.submitted(attempt);
    Objects.requireNonNull(lanes)
        .submit(Submission.commit(attempt.command), setup.options().deadline())
        .onComplete(
            answer -> {
              auditor.answered(attempt, answer);
              reply.accept(attempt);
              if (attempt.outcome != null && effects != null) {
                effects.follow(attempt.outcome);
              }
              if (lanes != null && !weather.isCalm()) {
                Rehearsal.of(attempt, lanes, setup.options().deadline(), auditor);
              }
            });
  }

  /** Whether the command waits for what its member has sent. */
  public boolean isTooEarly(Command command) {
    return effects != null && effects.isTooEarly(command);
  }

  /** On the node's own thread. */
  public RefundService refunds() {
    return Objects.requireNonNull(effects).refunds();
  }

  /** How long it waits for another node to decide a command. */
  long patience() {
    return setup.options().deadline().toNanos() + Events.SECOND;
  }

  /** How long it has done nothing since it got this. */
  public long pausedSince(Attempt attempt) {
    return pausedNanos - attempt.pausedBefore;
  }

  /** On the node's own thread. */
  public Future<Optional<StateSnapshot>> read(MemberKey member) {
    return Objects.requireNonNull(readings).read(member);
  }

  /** On its own thread: another node is to decide on these from now on. */
  Future<Void> release(Collection<MemberKey> members) {
    return Objects.requireNonNull(lanes).release(members);
  }

  /** A batch is on its way to the database. */
  public void sent(Batch batch) {
    auditor.sent(this, batch);
  }

  /** Reads its clock, which may be some seconds wrong. */
  @Override
  public Instant instant() {
    return instantAt(events.now());
  }

  public Instant instantAt(long at) {
    return setup.time().plusNanos(at).plus(skew);
  }

  @Override
  public long nanos() {
    return setup.nanosAtStart() + events.now();
  }

  @Override
  public <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer) {
    if (answer.isComplete()) {
      return answer;
    }
    Promise<T> inTime = Promise.promise();
    answer.onComplete(
        it -> {
          if (it.succeeded()) {
            inTime.tryComplete(it.result());
          } else {
            inTime.tryFail(it.cause());
          }
        });
    post(max.toNanos(), () -> inTime.tryFail("late"));
    return inTime.future();
  }
}
