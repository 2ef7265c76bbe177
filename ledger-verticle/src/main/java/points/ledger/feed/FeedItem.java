package points.ledger.feed;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Entry;

/** An event of the feed, with its place. */
public sealed interface FeedItem {

  /** Position of the batch in which the event came. */
  long position();

  /** Place of the event in its batch, from 0. */
  int index();

  /** The place after this event. */
  default FeedCursor after() {
    return new FeedCursor(position(), index() + 1);
  }

  /** An entry of a member. */
  record OfEntry(long position, int index, Entry entry) implements FeedItem {}

  /**
   * A change that is no entry: of the set-up, or the enrolment of a member.
   *
   * @param type such as {@code store.created}
   * @param subject the id of what changed
   * @param at when it was written
   */
  record OfChange(
      long position,
      int index,
      String programId,
      String type,
      @Nullable String subject,
      JsonObject data,
      Instant at)
      implements FeedItem {}
}
