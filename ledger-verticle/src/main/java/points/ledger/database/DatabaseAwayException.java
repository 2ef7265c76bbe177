package points.ledger.database;

/** The database could not be reached, or was lost, or does not take the work on at present. */
public final class DatabaseAwayException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean inDoubt;

  DatabaseAwayException(boolean inDoubt, Throwable cause) {
    super(cause.toString(), cause, false, false);
    this.inDoubt = inDoubt;
  }

  /**
   * A failure of what follows a write and belongs to it: the write stands, its caller cannot know.
   */
  public static DatabaseAwayException afterWrite(Throwable cause) {
    return new DatabaseAwayException(true, cause);
  }

  /** Returns whether the work may have been done all the same; false when it certainly was not. */
  public boolean inDoubt() {
    return inDoubt;
  }
}
