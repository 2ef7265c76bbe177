package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import points.cluster.hot.HotMembers;
import points.cluster.peer.Peers;
import points.ledger.domain.Command;
import points.ledger.domain.Decision;
import points.ledger.domain.Fold;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.forward.CommandInbox;
import points.ledger.forward.Forwarder;
import points.ledger.forward.ForwarderMetrics;
import points.ledger.lane.LaneClock;
import points.ledger.lane.Lanes;
import points.ledger.lane.States;
import points.ledger.lane.TimeLimit;
import points.ledger.registry.Registry;
import points.ledger.store.EntryReader;
import points.ledger.store.MemberReader;

/** The ledger as the gateway sees it: commands in, outcomes out, and what it tells of members. */
public final class Ledger {

  private static final long PING_MS = 1_000;
  private static final long ANNOUNCE_PERIOD_MS = 100;

  private final Vertx vertx;
  private final Pool pool;
  private final InstantSource time;
  private final Lanes lanes;
  private final Peers peers;
  private final long announcing;
  private final Forwarder forwarder;
  private final CommandInbox inbox;
  private final States states;
  private final EntryReader entries;
  private final Registry registry;
  private final AtomicReference<@Nullable String> deployment = new AtomicReference<>();

  private Ledger(
      Vertx vertx,
      LedgerOptions options,
      Pool pool,
      HotMembers hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    this.vertx = vertx;
    this.pool = pool;
    this.time = time;
    this.registry = registry;
    this.entries = new EntryReader(pool);
    this.states =
        new States(hot, new MemberReader(pool), TimeLimit.ofVertx(), options.hotMembersMax());
    this.lanes =
        new Lanes(
            ((VertxInternal) vertx)::promise,
            options.lanes(),
            options.lane(),
            LaneClock.of(time),
            states,
            entries,
            this::program,
            meters);
    Duration patience = options.lane().deadline();
    this.forwarder =
        new Forwarder(vertx, peers, lanes::submit, patience, new ForwarderMetrics(meters));
    this.inbox = new CommandInbox(peers, lanes::submit, patience);
    this.peers = peers;
    this.announcing = vertx.setPeriodic(ANNOUNCE_PERIOD_MS, id -> peers.announce(lanes.areWell()));
  }

  /**
   * Opens the lanes on a database that has the schema already.
   *
   * @param hot where the cluster keeps hot states and leases
   * @param peers the other nodes, which own some of the members
   */
  public static Future<Ledger> start(
      Vertx vertx,
      LedgerOptions options,
      Pool pool,
      HotMembers hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters) {
    return start(vertx, options, pool, hot, peers, registry, meters, InstantSource.system());
  }

  /** The same, with commands dated by another clock than the machine's. */
  static Future<Ledger> start(
      Vertx vertx,
      LedgerOptions options,
      Pool pool,
      HotMembers hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    var ledger = new Ledger(vertx, options, pool, hot, peers, registry, meters, time);
    return vertx
        .deployVerticle(
            () -> new LedgerVerticle(ledger.lanes, ledger.inbox, options),
            new DeploymentOptions().setInstances(options.lanes()))
        .map(
            id -> {
              ledger.deployment.set(id);
              return ledger;
            });
  }

  /**
   * Has a command decided and, if it is accepted, committed.
   *
   * @return what the caller is to be told; failed only by a fault of ours
   */
  public Future<Outcome> submit(Command command) {
    return forwarder.submit(command);
  }

  /** What the fold would make of a command now. Nothing is written. */
  public Future<Decision> preview(Command command) {
    return states
        .read(command.member())
        .map(
            state ->
                Fold.decide(
                    state.orElse(null),
                    command,
                    program(command.member().programId()),
                    time.instant()));
  }

  /** A member's newest committed state; empty when it is not enrolled. */
  public Future<Optional<MemberState>> state(MemberKey member) {
    return states.read(member);
  }

  /** The entries, as they were written. */
  public EntryReader entries() {
    return entries;
  }

  /** Whether PostgreSQL answers and the lanes' batches reach it. */
  public Future<Boolean> isWell() {
    return lanes.areWell()
        ? pool.query("SELECT 1")
            .execute()
            .timeout(PING_MS, TimeUnit.MILLISECONDS)
            .map(true)
            .otherwise(false)
        : Future.succeededFuture(false);
  }

  /** Takes nothing on any more, answers what was taken on, and closes the lanes; once. */
  public Future<Void> stop() {
    vertx.cancelTimer(announcing);
    peers.announce(false);
    String open = deployment.getAndSet(null);
    return open == null ? Future.succeededFuture() : vertx.undeploy(open);
  }

  private Program program(String programId) {
    Program program = registry.programs().find(programId);
    if (program == null) {
      throw new IllegalStateException("no program " + programId);
    }
    return program;
  }
}
