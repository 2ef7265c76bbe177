package points.ledger.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the feed between two events.
 *
 * <p>All batches before a position are behind it, and some of the events of the batch that stands
 * there.
 *
 * @param position of the batch from which to go on
 * @param done events of this batch that are behind the place
 */
public record FeedCursor(long position, int done) {

  /** The beginning of the feed. */
  public static final FeedCursor START = new FeedCursor(0, 0);

  private static final Pattern FORM =
      Pattern.compile("(0|[1-9][0-9]{0,17})([.]([1-9][0-9]{0,5}))?");

  /** Returns the place before the first event of a batch. */
  static FeedCursor before(long position) {
    return new FeedCursor(position, 0);
  }

  /** Reads the text of a cursor; returns null when it is none. */
  public static @Nullable FeedCursor parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    String done = parts.group(3);
    return new FeedCursor(
        Long.parseLong(parts.group(1)), done == null ? 0 : Integer.parseInt(done));
  }

  @Override
  public String toString() {
    return done == 0 ? Long.toString(position) : position + "." + done;
  }
}
