package points.ledger.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import points.ledger.database.Pools;
import points.ledger.store.PgEntryReader;

/** A node's part in the feed: it numbers what was written, reads it, and wakes those that wait. */
public final class Feed {

  private final FeedTail tail;
  private final FeedReader reader;
  private final FeedSequencer sequencer;

  private Feed(Vertx vertx, Pools pools, InstantSource time) {
    this.tail = new FeedTail(vertx);
    this.reader = new FeedReader(pools.events(), new PgEntryReader(pools.events(), time));
    this.sequencer = new FeedSequencer(vertx, pools.feed(), tail);
  }

  /** Starts to number the feed. */
  public static Feed start(Vertx vertx, Pools pools, MeterRegistry meters, InstantSource time) {
    var feed = new Feed(vertx, pools, time);
    feed.sequencer.start(meters);
    return feed;
  }

  /** Reads events. */
  public FeedReader reader() {
    return reader;
  }

  /** Wakes callers that wait for events. */
  public FeedTail tail() {
    return tail;
  }

  /** Answers those that wait, as the node is about to stop. */
  public void release() {
    tail.close();
  }

  /** Completes when nothing is under way any more. */
  public Future<Void> stop() {
    release();
    return sequencer.stop();
  }
}
