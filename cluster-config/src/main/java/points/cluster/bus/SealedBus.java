package points.cluster.bus;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.transport.Transport;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of a cluster, closed to any sender without its key. Every message that leaves a
 * node, answers and failures among them, carries a {@link Seal}; the {@link Gate} of the receiving
 * node lets nothing else in. Users of the bus see nothing of it.
 */
public final class SealedBus {

  private static final long LOG_PERIOD_MS = 10_000;

  private final Seal seal;
  private final FrameRefusals refusals = new FrameRefusals();
  private final AtomicLong number = new AtomicLong();
  private final AtomicBoolean isGated = new AtomicBoolean();

  public SealedBus(SecretKey key) {
    this.seal = new Seal(key);
  }

  /**
   * Has the Vert.x that is built stand behind the gate.
   *
   * @param host with {@code port}, where its event bus listens
   */
  public VertxBuilder gate(VertxBuilder builder, String host, int port) {
    return builder.withTransport(new Gated(host, port));
  }

  /**
   * Seals what this node says from now on.
   *
   * @param node its id, by which Vert.x names it as the sender
   * @throws IllegalStateException when the event bus listens without a gate
   */
  public void open(Vertx vertx, String node) {
    if (!isGated.get()) {
      throw new IllegalStateException("the event bus listens without a gate");
    }
    vertx.eventBus().<Object>addOutboundInterceptor(sending -> seal(sending, node));
    vertx.setPeriodic(LOG_PERIOD_MS, id -> refusals.log());
  }

  /** Counts what was refused. */
  public FrameRefusals refusals() {
    return refusals;
  }

  private void seal(DeliveryContext<Object> sending, String node) {
    Message<Object> message = sending.message();
    var envelope =
        new Seal.Envelope(sending.send(), message.address(), textOf(message.replyAddress()), node);
    String sealed = seal.seal(number.getAndIncrement(), envelope, Seal.Body.of(sending.body()));
    message.headers().set(Seal.HEADER, sealed);
    sending.next();
  }

  private static String textOf(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Gate newGate() {
    isGated.set(true);
    return new Gate(seal, refusals);
  }

  /** The transport that is there on every machine, with a gate. */
  private final class Gated implements Transport {
    private final GatedTransport gated;

    private Gated(String host, int port) {
      gated = new GatedTransport(NIO.implementation(), host, port, SealedBus.this::newGate);
    }

    @Override
    public String name() {
      return NIO.name();
    }

    @Override
    public boolean available() {
      return NIO.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return NIO.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
      return gated;
    }
  }
}
