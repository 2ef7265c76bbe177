package points.ledger.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.peer.Peers;
import points.cluster.timing.CountedLog;
import points.ledger.model.MemberKey;
import points.ledger.wire.MemberName;
import points.ledger.wire.WireFormat;

/**
 * Receives requests of other nodes for leases that this one holds, and gives them up when it may.
 */
public final class LeaseInbox {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseInbox.class);
  private static final String ADDRESS = "points.ledger.leases.";
  private static final int REFUSED = 1;

  private final MessageConsumer<Buffer> consumer;
  private final Function<Collection<MemberKey>, Future<Void>> release;
  private final Counter handedOver;
  private final CountedLog notUnderstood = new CountedLog();

  /**
   * @param release finishes what is under way on members here and gives their leases up
   */
  public LeaseInbox(
      Vertx vertx,
      Peers peers,
      Function<Collection<MemberKey>, Future<Void>> release,
      MeterRegistry meters) {
    this.consumer = vertx.eventBus().consumer(addressOf(peers.self()));
    this.release = release;
    this.handedOver =
        Counter.builder("points.leases.handed.over")
            .description("leases that this node gave up because another asked for them")
            .register(meters);
  }

  static String addressOf(String node) {
    return ADDRESS + node;
  }

  /** Answers the other nodes from now on. */
  public Future<Void> start() {
    return consumer.handler(this::handle).completion();
  }

  /** Answers nobody any more. */
  public Future<Void> stop() {
    return consumer.unregister();
  }

  private void handle(Message<Buffer> message) {
    try {
      List<MemberKey> members =
          WireFormat.NAMES.decode(message.body().getBytes()).stream()
              .map(MemberName::parse)
              .toList();
      release
          .apply(members)
          .onSuccess(
              done -> {
                handedOver.increment(members.size());
                message.reply(Buffer.buffer());
              })
          .onFailure(cause -> message.fail(REFUSED, "not given up"));
    } catch (IllegalArgumentException e) {
      notUnderstood.count(
          messages ->
              LOG.warn(
                  "requests for leases from nodes of another version not understood, their senders"
                      + " read PostgreSQL; this is expected during an upgrade: {} since the last"
                      + " such line, {}",
                  messages,
                  e.getMessage()));
      message.fail(REFUSED, "not understood");
    }
  }
}
