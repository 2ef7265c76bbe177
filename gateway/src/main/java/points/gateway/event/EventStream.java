package points.gateway.event;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import points.gateway.web.Responses;
import points.ledger.feed.FeedCursor;

/**
 * Sends events to one caller as they come, as server-sent events. The id of each is the cursor
 * after it, so a caller that lost its connection goes on where it was. Belongs to one event loop.
 */
final class EventStream {

  static final String TYPE = "text/event-stream";

  /** Longest wait for a caller that does not read. */
  private static final Duration SLOW_MAX = Duration.ofSeconds(30);

  /** A caller hears of the stream at least so often. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** So that callers are spread over the nodes again after a while. */
  private static final Duration LIFE_MAX = Duration.ofHours(1);

  private final RoutingContext ctx;
  private final HttpServerResponse response;
  private final EventSource source;
  private final EventQuery query;
  private final Supplier<Future<Boolean>> goesOn;
  private final long began = System.nanoTime();

  /**
   * @param goesOn returns false when the node stops, or the caller's key or session has ended;
   *     asked before anything is sent
   */
  EventStream(
      RoutingContext ctx, EventSource source, EventQuery query, Supplier<Future<Boolean>> goesOn) {
    this.ctx = ctx;
    this.response = ctx.response();
    this.source = source;
    this.query = query;
    this.goesOn = goesOn;
  }

  /** Sends the events after a place, until the caller goes or the stream is over. */
  void run(FeedCursor place) {
    Responses.beginLines(ctx, TYPE);
    response.putHeader("Cache-Control", "no-store");
    write(Buffer.buffer("retry: 1000\n" + heartbeat(place)))
        .onSuccess(begun -> goOn(place))
        .onFailure(gone -> Responses.cutOff(ctx.request()));
  }

  /** Each round begins on the event loop anew, so that a long stream needs no deep stack. */
  private void goOn(FeedCursor place) {
    if (response.closed()) {
      return;
    } else if (System.nanoTime() - began > LIFE_MAX.toNanos()) {
      response.end();
      return;
    }
    source
        .await(query, place, HEARTBEAT)
        .compose(batch -> goesOn.get().compose(goesOn -> goesOn ? send(batch) : end()))
        .onFailure(cause -> Responses.cutOff(ctx.request()));
  }

  private Future<Void> send(EventBatch batch) {
    return write(frames(batch))
        .onSuccess(sent -> ctx.vertx().runOnContext(again -> goOn(batch.next())));
  }

  private Future<Void> end() {
    return response.closed() ? Future.succeededFuture() : response.end();
  }

  private static Buffer frames(EventBatch batch) {
    if (batch.events().isEmpty()) {
      return Buffer.buffer(heartbeat(batch.next()));
    }
    Buffer frames = Buffer.buffer();
    for (EventBatch.Event event : batch.events()) {
      frames
          .appendString("id: " + EventQuery.text(event.after()) + "\ndata: ")
          .appendBuffer(event.json())
          .appendString("\n\n");
    }
    return frames;
  }

  /** Moves the caller's place on, without an event. */
  private static String heartbeat(FeedCursor place) {
    return "id: " + EventQuery.text(place) + "\n\n";
  }

  /**
   * Completes when the network has taken all of it; fails when the caller makes no room for that.
   * Until then no more is read, so a caller holds one batch of events in memory.
   */
  private Future<Void> write(Buffer frames) {
    return response.closed()
        ? Future.failedFuture("the caller has gone")
        : response.write(frames).timeout(SLOW_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
