package points.ledger.forward;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.Collection;
import java.util.List;
import points.cluster.peer.Peers;
import points.ledger.wire.WireFormat;

/**
 * Asks other nodes for leases that they hold, at their {@link LeaseInbox}.
 *
 * <p>It asks once, because a command may be decided without its lease.
 */
public final class LeaseRequests {

  /** Longer than a batch takes; past it the members are decided on all the same. */
  private static final long ANSWER_MS = 300;

  private final Vertx vertx;
  private final Peers peers;

  public LeaseRequests(Vertx vertx, Peers peers) {
    this.vertx = vertx;
    this.peers = peers;
  }

  /**
   * Has a node finish what it has under way on these members and give their leases up.
   *
   * @return failed when the node does not answer within 300 ms
   */
  public Future<Void> request(String holder, Collection<String> members) {
    if (!peers.isResponsive(holder)) {
      return Future.failedFuture("node " + holder + " does not answer");
    }
    return vertx
        .eventBus()
        .request(
            LeaseInbox.addressOf(holder),
            Buffer.buffer(WireFormat.NAMES.encode(List.copyOf(members))),
            new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .mapEmpty();
  }
}
