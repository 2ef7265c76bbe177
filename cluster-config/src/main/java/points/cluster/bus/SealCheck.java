package points.cluster.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes a connection's frames on as long as each may go in; the first other one ends it. Nobody
 * seals pings, so those go in behind a sealed message only.
 */
final class SealCheck extends ChannelInboundHandlerAdapter {

  /** A node greets the others five times a second. */
  private static final long SILENCE_S_MAX = 5;

  private final Gate gate;
  private @Nullable Future<?> silence;
  private boolean isOfNode;
  private boolean isRefused;

  SealCheck(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    silence = ctx.executor().schedule(() -> endSilence(ctx), SILENCE_S_MAX, TimeUnit.SECONDS);
    ctx.fireChannelActive();
  }

  private void endSilence(ChannelHandlerContext ctx) {
    if (!isOfNode && ctx.channel().isActive()) {
      refuse(ctx, FrameRefusal.CONNECTION);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    var bytes = (ByteBuf) read;
    if (isRefused) {
      bytes.release();
      return;
    }
    try {
      Frame frame = Frame.read(bytes);
      if (frame.isPing() ? isOfNode : gate.letsIn(frame)) {
        meet(ctx);
        ctx.fireChannelRead(bytes);
        return;
      } else if (frame.isPing()) {
        gate.count(FrameRefusal.FORGED);
      }
      close(ctx);
    } catch (Frame.MalformedException e) {
      refuse(ctx, FrameRefusal.MALFORMED);
    }
    ReferenceCountUtil.release(bytes);
  }

  private void meet(ChannelHandlerContext ctx) {
    if (!isOfNode) {
      isOfNode = true;
      gate.isOfNode(ctx.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (silence != null) {
      silence.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      refuse(ctx, FrameRefusal.MALFORMED);
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  private void refuse(ChannelHandlerContext ctx, FrameRefusal refusal) {
    if (!isRefused) {
      gate.count(refusal);
      close(ctx);
    }
  }

  private void close(ChannelHandlerContext ctx) {
    isRefused = true;
    var unused = ctx.close();
  }
}
