package points.ledger.feed;

/** A cursor stands behind the end of the feed: it comes from a database that had more. */
public final class CursorAheadException extends Exception {
  private static final long serialVersionUID = 1;

  CursorAheadException() {
    super("the cursor is ahead of the feed", null, false, false);
  }
}
