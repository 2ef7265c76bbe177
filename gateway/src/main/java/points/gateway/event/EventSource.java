package points.gateway.event;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import points.gateway.event.EventBatch.Event;
import points.ledger.feed.Feed;
import points.ledger.feed.FeedCursor;
import points.ledger.feed.FeedItem;
import points.ledger.feed.FeedPage;
import points.ledger.feed.FeedReader;
import points.ledger.feed.FeedTail;

/** Reads the events that a query selects, and waits for them. */
final class EventSource {

  /** Bytes of events beyond which no more are added to a batch. */
  private static final int BYTES_MAX = 1024 * 1024;

  /** Events that are looked at for one batch, when most of them are not selected. */
  private static final int LOOKED_AT_MAX = 4 * FeedReader.EVENTS_MAX;

  /** Batches that one call may look through, so that it reads no more than 50,000 events. */
  private static final int ROUNDS_MAX = 25;

  private final Feed feed;

  EventSource(Feed feed) {
    this.feed = feed;
  }

  /** Returns the place at which a query begins. */
  Future<FeedCursor> start(EventQuery query) {
    if (query.after() != null) {
      return feed.reader().check(query.caller().programId(), query.after()).map(query.after());
    } else if (query.since() != null) {
      return feed.reader().placeAt(query.caller().programId(), query.since());
    }
    return Future.succeededFuture(FeedCursor.START);
  }

  /** Returns the selected events after a place: none when there are none within the limits. */
  Future<EventBatch> next(EventQuery query, FeedCursor after) {
    return more(query, new Gathering(after));
  }

  /**
   * The same; if there are none, waits for the first. Returns none when the time is over, or when
   * so many others were looked at that the caller shall ask again from there.
   */
  Future<EventBatch> await(EventQuery query, FeedCursor after, Duration longest) {
    return await(query, after, System.nanoTime() + longest.toNanos(), 1);
  }

  private Future<EventBatch> await(EventQuery query, FeedCursor after, long until, int round) {
    FeedTail.Waiter waiter = feed.tail().waiter(query.caller().programId());
    return next(query, after)
        .compose(
            batch -> {
              Duration left = Duration.ofNanos(until - System.nanoTime());
              boolean isOver = left.isNegative() || left.isZero() || round == ROUNDS_MAX;
              if (!batch.events().isEmpty() || isOver) {
                return Future.succeededFuture(batch);
              } else if (batch.hasMore()) {
                return await(query, batch.next(), until, round + 1);
              }
              return waiter
                  .await(left)
                  .compose(
                      news ->
                          news
                              ? await(query, batch.next(), until, round + 1)
                              : Future.succeededFuture(batch));
            })
        .onComplete(ended -> waiter.close());
  }

  private Future<EventBatch> more(EventQuery query, Gathering so) {
    int wanted = query.selects() ? FeedReader.EVENTS_MAX : query.limit() - so.found.size();
    return feed.reader()
        .read(query.caller().programId(), so.place, wanted)
        .compose(
            page -> {
              boolean all = so.add(query, page);
              return so.isFull(query) || !page.hasMore()
                  ? Future.succeededFuture(
                      new EventBatch(so.found, so.place, page.hasMore() || !all))
                  : more(query, so);
            });
  }

  /** The events of a batch while they are gathered. */
  private static final class Gathering {
    private final List<Event> found = new ArrayList<>();
    private FeedCursor place;
    private int bytes;
    private int lookedAt;

    private Gathering(FeedCursor place) {
      this.place = place;
    }

    /** Adds the selected events of a page; returns whether there was room for all of them. */
    private boolean add(EventQuery query, FeedPage page) {
      for (FeedItem item : page.items()) {
        if (found.size() == query.limit() || bytes > BYTES_MAX) {
          return false;
        }
        lookedAt++;
        place = item.after();
        if (query.selects(item)) {
          Buffer json = EventJson.of(item, query.caller().stores() == null).toBuffer();
          bytes += json.length();
          found.add(new Event(json, place));
        }
      }
      return true;
    }

    private boolean isFull(EventQuery query) {
      return found.size() == query.limit() || bytes > BYTES_MAX || lookedAt >= LOOKED_AT_MAX;
    }
  }
}
