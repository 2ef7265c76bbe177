package points.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Sees that a connection's last request is answered before it is closed. Vert.x closes it at once
 * when chunks are malformed, with the answer in its buffer, and answers an HTTP version that it
 * does not know by itself, without a body.
 */
final class LastWords extends ChannelDuplexHandler {

  private LastWords() {}

  /** Watches over a connection, before its first request. */
  static void of(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelHandlerContext last = server.channelHandlerContext();
      last.pipeline().addBefore(last.name(), "lastWords", new LastWords());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && !isKnown(request.protocolVersion())) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("neither HTTP/1.1 nor HTTP/1.0")));
    }
    ctx.fireChannelRead(message);
  }

  private static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
    ctx.flush();
    super.close(ctx, promise);
  }
}
