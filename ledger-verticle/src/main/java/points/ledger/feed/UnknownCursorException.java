package points.ledger.feed;

/** A cursor is no place of the feed: nobody was given it, or the database that gave it had more. */
public final class UnknownCursorException extends Exception {
  private static final long serialVersionUID = 1;

  UnknownCursorException() {
    super("the cursor is no place of the feed", null, false, false);
  }
}
