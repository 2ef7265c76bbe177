package points.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import points.cluster.cache.StateCache;
import points.cluster.peer.Peers;
import points.cluster.timing.StartedParts;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand.Open;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.database.Pools;
import points.ledger.member.ExpiringMembers;
import points.ledger.member.Profiles;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.proof.Proofs;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundService;
import points.ledger.review.LateOrders;
import points.ledger.store.PgEntryReader;

/** This node's ledger, started; and how it stops. */
public final class LedgerNode implements Ledger {

  private static final long LANES_LOOK_MS = 10;
  private static final int LANES_LOOKS_MAX = 500;

  private final Vertx vertx;
  private final LedgerParts parts;
  private final String deployment;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private LedgerNode(Vertx vertx, LedgerParts parts, String deployment) {
    this.vertx = vertx;
    this.parts = parts;
    this.deployment = deployment;
  }

  /**
   * Opens the lanes on a database that has the schema already.
   *
   * @param cache where the cluster keeps members' states and leases
   * @param peers the other nodes, which own some of the members
   * @param time dates commands, and whatever is due by then
   */
  public static Future<LedgerNode> start(
      Vertx vertx,
      LedgerOptions options,
      Pools pools,
      StateCache cache,
      Peers peers,
      Registry registry,
      MeterRegistry meters,
      InstantSource time) {
    var parts = new LedgerParts(vertx, options, pools, cache, peers, registry, meters, time);
    var begun = new StartedParts();
    begun.add(parts::stop);
    begun.add(parts.commands::stop);
    begun.add(parts::passOn);
    return begun.stopUnlessStarted(
        parts
            .start(options.followsUp())
            .compose(
                started ->
                    vertx.deployVerticle(
                        () -> new LedgerVerticle(parts.lanes, parts.inbox, peers.self(), options),
                        new DeploymentOptions().setInstances(options.lanes())))
            .map(deployment -> new LedgerNode(vertx, parts, deployment))
            .compose(node -> node.lanesConnected(LANES_LOOKS_MAX).map(node)));
  }

  /** A node says that it is ready when it is, and not before. */
  private Future<Void> lanesConnected(int looks) {
    return parts.lanes.areWell() || looks == 0
        ? Future.succeededFuture()
        : vertx.timer(LANES_LOOK_MS).compose(late -> lanesConnected(looks - 1));
  }

  @Override
  public Future<Outcome> submit(Command command) {
    return parts.commands.answer(command);
  }

  @Override
  public Future<Outcome> submit(Command command, Precondition precondition) {
    return parts.commands.answer(command, precondition);
  }

  @Override
  public Future<Outcome> open(Open opening, Profiles.Change profile) {
    return parts.profiles.introduce(opening.member(), profile).compose(done -> submit(opening));
  }

  @Override
  public LateOrders lateOrders() {
    return parts.late;
  }

  @Override
  public Future<Outcome> preview(Command command) {
    return parts.commands.preview(command);
  }

  @Override
  public Future<Outcome> preview(RefundRequest wanted) {
    return parts.commands.preview(wanted);
  }

  @Override
  public RefundService refunds() {
    return parts.commands.refunds();
  }

  @Override
  public Future<Optional<StateSnapshot>> state(MemberKey member) {
    return parts.reader.read(member);
  }

  @Override
  public PgEntryReader entries() {
    return parts.entries;
  }

  @Override
  public ExpiringMembers expiring() {
    return parts.expiring;
  }

  @Override
  public Proofs proofs() {
    return parts.proofs;
  }

  @Override
  public InstantSource time() {
    return parts.time;
  }

  /** Returns whether the lanes' batches reach PostgreSQL. */
  public boolean canWrite() {
    return parts.lanes.areWell();
  }

  /** Returns whether PostgreSQL answers and the lanes' batches reach it. */
  public Future<Boolean> isWell() {
    return canWrite() ? parts.pools.isReached() : Future.succeededFuture(false);
  }

  /** From now on the other nodes decide on the members of this one; what comes here is decided. */
  public void passOn() {
    parts.passOn();
  }

  /** Takes nothing on any more, answers what was taken on, and closes the lanes; once. */
  public Future<Void> stop() {
    passOn();
    return stopped.getAndSet(true)
        ? Future.succeededFuture()
        : parts
            .commands
            .stop()
            .compose(done -> vertx.undeploy(deployment))
            .compose(closed -> parts.stop());
  }
}
