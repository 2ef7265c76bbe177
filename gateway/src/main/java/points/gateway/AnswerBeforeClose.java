package points.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection only after its last answer was sent.
 *
 * <p>Without it Vert.x closes at once when chunks are malformed, with the answer in its buffer or
 * still to come, and answers an unknown HTTP version by itself, without a body.
 */
final class AnswerBeforeClose extends ChannelDuplexHandler {

  /** Longest wait, in seconds: as long as a batch may wait for its answers to be read. */
  private static final long ANSWER_S_MAX = 60;

  private int unanswered;
  private boolean isBroken;
  private boolean isHeld;

  private AnswerBeforeClose() {}

  /** Adds the handler to a connection, before its first request. */
  static void of(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelHandlerContext last = server.channelHandlerContext();
      last.pipeline().addBefore(last.name(), "answerBeforeClose", new AnswerBeforeClose());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && !isKnown(request.protocolVersion())) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("neither HTTP/1.1 nor HTTP/1.0")));
    }
    if (message instanceof HttpRequest) {
      unanswered++;
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      isBroken = true;
    }
    ctx.fireChannelRead(message);
  }

  private static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    super.write(ctx, message, promise);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Closes a broken connection only when the answer under way, that of a batch, has been sent. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
    ctx.flush();
    if (isBroken && unanswered > 0 && !isHeld) {
      isHeld = true;
      ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
      var unused = ctx.executor().schedule(() -> giveUp(ctx), ANSWER_S_MAX, TimeUnit.SECONDS);
    } else {
      super.close(ctx, promise);
    }
  }

  private static void giveUp(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}
