package points.cluster.bus;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stands before the event bus: of what comes to its port only sealed messages get in, each of them
 * once. Added to the channel that accepts connections.
 */
final class Gate extends ChannelInboundHandlerAdapter {

  /** Every start of a node is a sender. */
  private static final int SENDERS_MAX = 1_024;

  private final Seal seal;
  private final FrameRefusals refusals;
  private final Connections connections = new Connections();
  private final Map<String, ReplayWindow> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReplayWindow> eldest) {
          return size() > SENDERS_MAX;
        }
      };

  Gate(Seal seal, FrameRefusals refusals) {
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
    Channel over = connections.add(connection, addressOf(connection));
    if (over != null) {
      refusals.count(FrameRefusal.CONNECTION);
      if (over == connection) {
        connection.unsafe().closeForcibly();
        return;
      }
      var unused = over.close();
    }
    connection.closeFuture().addListener(closed -> connections.remove(connection));
    connection
        .pipeline()
        .addLast(new LengthFieldBasedFrameDecoder(Frame.BYTES_MAX, 0, Integer.BYTES))
        .addLast(new SealCheck(this));
    ctx.fireChannelRead(accepted);
  }

  /** Of no use where it is closed already: then it is a stranger like others. */
  private static String addressOf(Channel connection) {
    return connection.remoteAddress() instanceof InetSocketAddress address
        ? address.getHostString()
        : "";
  }

  /** The connection has shown a sealed message. */
  void isOfNode(Channel connection) {
    connections.isOfNode(connection);
  }

  void count(FrameRefusal refusal) {
    refusals.count(refusal);
  }

  /** Whether a message may go on to the bus; else it is counted. */
  boolean letsIn(Frame frame) {
    long number = seal.open(frame.seal(), frame.envelope(), frame.body());
    if (number < 0) {
      refusals.count(FrameRefusal.FORGED);
      return false;
    }
    if (!windowOf(frame.envelope().sender()).isNew(number)) {
      refusals.count(FrameRefusal.REPLAYED);
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
