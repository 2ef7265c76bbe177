package points.gateway.event;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import points.ledger.feed.FeedCursor;

/**
 * Events as they are sent.
 *
 * @param next the place after the last event that was looked at
 * @param hasMore whether more were there to be looked at
 */
record EventBatch(List<Event> events, FeedCursor next, boolean hasMore) {

  /**
   * An event as it is sent.
   *
   * @param after the place after it
   */
  record Event(Buffer json, FeedCursor after) {}

  /** Returns the answer to a call for a page. */
  Buffer page() {
    Buffer page = Buffer.buffer("{\"items\":[");
    for (int i = 0; i < events.size(); i++) {
      page.appendString(i == 0 ? "" : ",").appendBuffer(events.get(i).json());
    }
    return page.appendString("],\"hasMore\":" + hasMore)
        .appendString(",\"nextCursor\":\"" + EventQuery.text(next) + "\"}");
  }
}
