package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import points.cluster.cache.StateCache;
import points.cluster.peer.Peers;
import points.cluster.timing.PollingLoop;
import points.ledger.cache.ClusterCache;
import points.ledger.cache.LeaseRebalancer;
import points.ledger.cache.MemberStateCache;
import points.ledger.cache.ReadMetrics;
import points.ledger.cache.StateReader;
import points.ledger.cache.Timeouts;
import points.ledger.cache.WriterMonitor;
import points.ledger.database.LaneSessions;
import points.ledger.database.Pools;
import points.ledger.forward.CommandInbox;
import points.ledger.forward.Forwarder;
import points.ledger.forward.ForwarderMetrics;
import points.ledger.forward.LeaseInbox;
import points.ledger.forward.LeaseRequests;
import points.ledger.held.LimitCounts;
import points.ledger.held.ReachedLimits;
import points.ledger.lane.LaneClock;
import points.ledger.lane.Lanes;
import points.ledger.member.ExpiringMembers;
import points.ledger.member.Profiles;
import points.ledger.proof.Proofs;
import points.ledger.review.LateOrders;
import points.ledger.rulebook.BudgetWatch;
import points.ledger.store.PgEntryReader;
import points.ledger.store.PgMemberReader;

/** The parts of a node's ledger, put together. Nothing runs until they are started. */
final class LedgerParts {

  private static final long RELEASE_MS = 2_000;
  private static final long RESOLVE_PERIOD_MS = 1_000;

  final InstantSource time;
  final Pools pools;
  final Lanes lanes;
  final CommandInbox inbox;
  final MemberStateCache states;
  final StateReader reader;
  final PgEntryReader entries;
  final Profiles profiles;
  final ExpiringMembers expiring;
  final Proofs proofs;
  final CommandService commands;
  final LateOrders late;
  private final Announcer announcer;

  private final Forwarder forwarder;
  private final WriterMonitor writers;
  private final LeaseInbox leases;
  private final LeaseRebalancer rebalancer;
  private final PollingLoop suspects;
  private final BudgetWatch budgets;
  private final LimitCounts limitCounts;
  private final ReachedLimits reachedLimits;

  LedgerParts(
      Vertx vertx,
      LedgerOptions options,
      Pools pools,
      StateCache cache,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    this.time = time;
    this.pools = pools;
    Pool pool = pools.reading();
    this.entries = new PgEntryReader(pool, time);
    this.profiles = registry.profiles();
    this.expiring = new ExpiringMembers(pool);
    this.proofs = new Proofs(pool, time);
    this.writers = new WriterMonitor(vertx, peers, new LaneSessions(pools.health()), time);
    var cluster = new ClusterCache(cache, writers, new LeaseRequests(vertx, peers)::request);
    this.states =
        new MemberStateCache(
            cluster, new PgMemberReader(pool), Timeouts.ofVertx(), options.hotMembersMax());
    this.reader = new StateReader(states, writers, time, peers.isAlone(), new ReadMetrics(meters));
    var rules = new RuleSelector(registry.programs(), registry.timelines());
    registry.timelines().observe(meters);
    this.lanes =
        new Lanes(
            ((VertxInternal) vertx)::promise,
            options.lanes(),
            options.lane(),
            LaneClock.of(time),
            states,
            entries,
            rules::of,
            meters);
    this.budgets = new BudgetWatch(vertx, pool, meters, lanes.budgets()::learn);
    this.limitCounts = new LimitCounts(vertx, pools.feed(), meters);
    var reached = new ReachedLimits(vertx, pool);
    this.reachedLimits = reached;
    Duration patience = options.lane().deadline();
    this.forwarder =
        new Forwarder(vertx, peers, lanes::submit, patience, new ForwarderMetrics(meters));
    this.inbox = new CommandInbox(peers, lanes::submit, patience);
    this.leases = new LeaseInbox(vertx, peers, lanes::release, meters);
    this.rebalancer = new LeaseRebalancer(vertx, peers, states, lanes::release);
    this.announcer = new Announcer(vertx, peers, lanes::areWell);
    this.suspects =
        new PollingLoop(PollingLoop.pausesOf(vertx, RESOLVE_PERIOD_MS), "suspect members");
    this.commands =
        new CommandService(
            it -> reached.complete(registry.catalogue().complete(it)),
            vertx,
            pools,
            entries,
            forwarder::submit,
            new Preconditions(reader::read, registry.pools(), forwarder::submit),
            rules::allows,
            patience,
            meters,
            time);
    this.late = commands.lateOrders(registry);
  }

  /** Starts all but the lanes, which need an event loop each. */
  Future<Void> start(boolean followsUp) {
    writers.start(lanes::areWell, states::clearShared);
    rebalancer.start();
    forwarder.start();
    announcer.start();
    budgets.start();
    limitCounts.start();
    reachedLimits.start();
    suspects.startNow(() -> states.resolveSuspects().map(false));
    if (followsUp) {
      commands.begin();
    }
    return leases.start();
  }

  /** From now on the other nodes decide on the members of this one. */
  Future<Void> passOn() {
    announcer.stop();
    return Future.succeededFuture();
  }

  /** Stops what is left when the lanes are closed, and gives this node's leases up. */
  Future<Void> stop() {
    rebalancer.stop();
    return suspects
        .stop()
        .compose(stopped -> budgets.stop())
        .compose(stopped -> limitCounts.stop())
        .compose(stopped -> reachedLimits.stop())
        .compose(stopped -> resolveAtLast())
        .compose(resolved -> releaseLeases())
        .compose(released -> leases.stop())
        .eventually(
            () -> {
              forwarder.stop();
              writers.stop();
              return Future.succeededFuture();
            });
  }

  /**
   * Publishes the last commits. If that fails, the node leaves without announcing it, so that the
   * other nodes do not trust their copies.
   */
  private Future<Void> resolveAtLast() {
    return states.resolveSuspects().timeout(RELEASE_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  /** So that the next to decide on these members need not ask; what is not given up runs out. */
  private Future<Void> releaseLeases() {
    return states
        .release(states.remembered())
        .timeout(RELEASE_MS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }
}
