package points.cluster.bus;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the event bus: of what comes to its port only sealed messages get in, each of them
 * once. Added to the channel that accepts connections.
 */
final class Gate extends ChannelInboundHandlerAdapter {

  /** Each other node has one, and for a moment two. */
  private static final int CONNECTIONS_MAX = 64;

  /** Every start of a node is a sender. */
  private static final int SENDERS_MAX = 1_024;

  private final Seal seal;
  private final Refusals refusals;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, ReplayWindow> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReplayWindow> eldest) {
          return size() > SENDERS_MAX;
        }
      };

  Gate(Seal seal, Refusals refusals) {
    this.seal = seal;
    this.refusals = refusals;
  }

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    var connection = (Channel) accepted;
    if (connections.incrementAndGet() > CONNECTIONS_MAX) {
      connections.decrementAndGet();
      refusals.count(Refusal.CONNECTION);
      connection.unsafe().closeForcibly();
      return;
    }
    connection.closeFuture().addListener(closed -> connections.decrementAndGet());
    connection
        .pipeline()
        .addLast(new LengthFieldBasedFrameDecoder(Frame.BYTES_MAX, 0, Integer.BYTES))
        .addLast(new SealCheck(this));
    ctx.fireChannelRead(accepted);
  }

  void count(Refusal refusal) {
    refusals.count(refusal);
  }

  /** Whether a frame may go on to the bus; else it is counted. */
  boolean letsIn(Frame frame) {
    if (frame.isPing()) {
      return true;
    }
    long number = seal.open(frame.seal(), frame.envelope(), frame.body());
    if (number < 0) {
      refusals.count(Refusal.FORGED);
      return false;
    }
    if (!windowOf(frame.envelope().sender()).isNew(number)) {
      refusals.count(Refusal.REPLAYED);
      return false;
    }
    return true;
  }

  private ReplayWindow windowOf(String sender) {
    synchronized (senders) {
      return senders.computeIfAbsent(sender, unknown -> new ReplayWindow());
    }
  }
}
