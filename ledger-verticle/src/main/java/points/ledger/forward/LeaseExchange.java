package points.ledger.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.peer.Peers;
import points.ledger.model.MemberKey;
import points.ledger.wire.MemberName;
import points.ledger.wire.NamesCodec;

/** Nodes ask each other for leases, and get them when what was under way is settled. */
public final class LeaseExchange {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseExchange.class);
  private static final String ADDRESS = "points.ledger.leases.";

  /** Longer than a batch takes; past it the members are decided on all the same. */
  private static final long ANSWER_MS = 300;

  private static final int REFUSED = 1;

  private final Vertx vertx;
  private final Peers peers;
  private final Function<Collection<MemberKey>, Future<Void>> release;
  private final Counter handedOver;

  /**
   * @param release finishes what is under way on members here and gives their leases up
   */
  public LeaseExchange(
      Vertx vertx,
      Peers peers,
      Function<Collection<MemberKey>, Future<Void>> release,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.peers = peers;
    this.release = release;
    this.handedOver =
        Counter.builder("points.leases.handed.over")
            .description("leases that this node gave up because another asked for them")
            .register(meters);
  }

  /** Answers the other nodes from now on. */
  public Future<Void> open() {
    MessageConsumer<Buffer> consumer =
        vertx.eventBus().consumer(ADDRESS + peers.self(), this::handle);
    return consumer.completion();
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
            ADDRESS + holder,
            Buffer.buffer(NamesCodec.encode(members)),
            new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .mapEmpty();
  }

  private void handle(Message<Buffer> message) {
    try {
      List<MemberKey> members =
          NamesCodec.decode(message.body().getBytes()).stream().map(MemberName::parse).toList();
      release
          .apply(members)
          .onSuccess(
              done -> {
                handedOver.increment(members.size());
                message.reply(Buffer.buffer());
              })
          .onFailure(cause -> message.fail(REFUSED, "not given up"));
    } catch (IllegalArgumentException e) {
      LOG.warn("a request for leases is not understood: {}", e.getMessage());
      message.fail(REFUSED, "not understood");
    }
  }
}
