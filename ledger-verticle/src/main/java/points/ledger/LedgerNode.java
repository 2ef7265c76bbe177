package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.cache.StateCache;
import points.cluster.peer.Peers;
import points.ledger.cache.ClusterCache;
import points.ledger.cache.LeaseRebalancer;
import points.ledger.cache.MemberStateCache;
import points.ledger.cache.ReadMetrics;
import points.ledger.cache.StateReader;
import points.ledger.cache.Timeouts;
import points.ledger.cache.WriterMonitor;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.database.LaneSessions;
import points.ledger.database.Pools;
import points.ledger.decide.Decision;
import points.ledger.forward.CommandInbox;
import points.ledger.forward.Forwarder;
import points.ledger.forward.ForwarderMetrics;
import points.ledger.forward.LeaseExchange;
import points.ledger.lane.LaneClock;
import points.ledger.lane.Lanes;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.proof.Proofs;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundService;
import points.ledger.store.ExpiringMembers;
import points.ledger.store.PgEntryReader;
import points.ledger.store.PgMemberReader;

/** This node's ledger: puts its parts together, and starts and stops them. */
public final class LedgerNode implements Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerNode.class);

  private static final long ANNOUNCE_PERIOD_MS = 100;
  private static final long LANES_LOOK_MS = 10;
  private static final int LANES_LOOKS_MAX = 500;
  private static final long RELEASE_MS = 2_000;
  private static final long SETTLE_PERIOD_MS = 1_000;

  private final Vertx vertx;
  private final Pools pools;
  private final Lanes lanes;
  private final Peers peers;
  private final LeaseExchange leases;
  private final WriterMonitor writers;
  private final StateReader reader;
  private final Forwarder forwarder;
  private final CommandInbox inbox;
  private final MemberStateCache states;
  private final PgEntryReader entries;
  private final ExpiringMembers expiring;
  private final Proofs proofs;
  private final CommandService followUp;
  private final Previews previews;
  private volatile long announcing;
  private volatile boolean passedOn;
  private final AtomicReference<@Nullable String> deployment = new AtomicReference<>();

  private LedgerNode(
      Vertx vertx,
      LedgerOptions options,
      Pools pools,
      StateCache hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    this.vertx = vertx;
    this.pools = pools;
    Pool pool = pools.reading();
    this.entries = new PgEntryReader(pool);
    this.expiring = new ExpiringMembers(pool);
    this.proofs = new Proofs(pool);
    this.peers = peers;
    this.leases = new LeaseExchange(vertx, peers, this::release, meters);
    this.writers =
        new WriterMonitor(peers, new LaneSessions(pools.health()), this::lanesAreWell, time);
    var cluster = new ClusterCache(hot, writers, leases::request);
    this.states =
        new MemberStateCache(
            cluster, new PgMemberReader(pool), Timeouts.ofVertx(), options.hotMembersMax());
    this.reader = new StateReader(states, writers, time, peers.isAlone(), new ReadMetrics(meters));
    var rulebook = new RuleSelector(registry.programs(), time);
    this.lanes =
        new Lanes(
            ((VertxInternal) vertx)::promise,
            options.lanes(),
            options.lane(),
            LaneClock.of(time),
            states,
            entries,
            rulebook::of,
            meters);
    Duration patience = options.lane().deadline();
    this.forwarder =
        new Forwarder(vertx, peers, lanes::submit, patience, new ForwarderMetrics(meters));
    this.inbox = new CommandInbox(peers, lanes::submit, patience);
    this.followUp =
        new CommandService(
            vertx, pools, entries, forwarder::submit, rulebook::allows, patience, meters);
    this.previews = new Previews(reader, entries, rulebook::of, time);
  }

  private Future<Void> open(LedgerOptions options) {
    writers.start(vertx, states::clearShared);
    new LeaseRebalancer(peers, states, lanes::release).start(vertx);
    announcing =
        vertx.setPeriodic(ANNOUNCE_PERIOD_MS, id -> peers.announce(!passedOn && lanes.areWell()));
    resolveSuspects();
    if (options.followsUp()) {
      followUp.begin();
    }
    return leases
        .open()
        .compose(
            done ->
                vertx.deployVerticle(
                    () -> new LedgerVerticle(lanes, inbox, peers.self(), options),
                    new DeploymentOptions().setInstances(options.lanes())))
        .onSuccess(deployment::set)
        .compose(id -> lanesConnected(LANES_LOOKS_MAX));
  }

  private void resolveSuspects() {
    states
        .resolveSuspects()
        .onFailure(cause -> LOG.debug("doubts not settled: {}", cause.toString()))
        .transform(done -> vertx.timer(SETTLE_PERIOD_MS))
        .onSuccess(again -> resolveSuspects());
  }

  /** A node says that it is ready when it is, and not before. */
  private Future<Void> lanesConnected(int looks) {
    return lanes.areWell() || looks == 0
        ? Future.succeededFuture()
        : vertx.timer(LANES_LOOK_MS).compose(late -> lanesConnected(looks - 1));
  }

  private Future<Void> release(Collection<MemberKey> members) {
    return lanes.release(members);
  }

  private boolean lanesAreWell() {
    return lanes.areWell();
  }

  /**
   * Opens the lanes on a database that has the schema already.
   *
   * @param hot where the cluster keeps hot states and leases
   * @param peers the other nodes, which own some of the members
   */
  public static Future<LedgerNode> start(
      Vertx vertx,
      LedgerOptions options,
      Pools pools,
      StateCache hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters) {
    return start(vertx, options, pools, hot, peers, registry, meters, InstantSource.system());
  }

  /** The same, with commands dated by another clock than the machine's. */
  static Future<LedgerNode> start(
      Vertx vertx,
      LedgerOptions options,
      Pools pools,
      StateCache hot,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    var ledger = new LedgerNode(vertx, options, pools, hot, peers, registry, meters, time);
    return ledger.open(options).map(ledger);
  }

  @Override
  public Future<Outcome> submit(Command command) {
    return followUp.submit(command).compose(this::sayingWhatBecame);
  }

  @Override
  public Future<Outcome> sayingWhatBecame(Outcome outcome) {
    return previews.sayingWhatBecame(outcome);
  }

  @Override
  public Future<Optional<Outcome>> answered(Command command) {
    return previews
        .answered(command)
        .compose(first -> states.republish(first.stream().toList()).map(first));
  }

  @Override
  public Future<Decision> preview(Command command) {
    return previews.preview(command);
  }

  @Override
  public Future<Decision> preview(RefundRequest wanted) {
    return previews.preview(refunds(), wanted);
  }

  @Override
  public RefundService refunds() {
    return followUp.refunds();
  }

  @Override
  public Future<Optional<StateSnapshot>> state(MemberKey member) {
    return reader.read(member);
  }

  @Override
  public PgEntryReader entries() {
    return entries;
  }

  @Override
  public ExpiringMembers expiring() {
    return expiring;
  }

  @Override
  public Proofs proofs() {
    return proofs;
  }

  /** Whether PostgreSQL answers and the lanes' batches reach it. */
  public Future<Boolean> isWell() {
    return lanes.areWell() ? pools.isReached() : Future.succeededFuture(false);
  }

  /** From now on the other nodes decide on the members of this one; what comes here is decided. */
  public void passOn() {
    passedOn = true;
    vertx.cancelTimer(announcing);
    peers.announce(false);
  }

  /** Takes nothing on any more, answers what was taken on, and closes the lanes; once. */
  public Future<Void> stop() {
    passOn();
    String open = deployment.getAndSet(null);
    return open == null
        ? Future.succeededFuture()
        : followUp
            .stop()
            .compose(stopped -> vertx.undeploy(open))
            .compose(closed -> settleAtLast())
            .compose(settled -> giveUpLeases());
  }

  /** What the others cannot see then is why this node leaves without a farewell. */
  private Future<Void> settleAtLast() {
    return states.resolveSuspects().timeout(RELEASE_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  /** So that the next to decide on these members need not ask; what is not given up runs out. */
  private Future<Void> giveUpLeases() {
    return states
        .release(states.remembered())
        .timeout(RELEASE_MS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }
}
