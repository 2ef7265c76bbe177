package points.ledger.commit;

/** A batch was not acknowledged by the database. */
public final class WriteFailureException extends Exception {
  private static final long serialVersionUID = 1;

  /** The certainty about a batch that failed. */
  public enum Kind {
    /** Rolled back: it met another transaction. Sent again it may pass. */
    CONFLICT,
    /**
     * Rolled back: the database has a lower sequence of a member than this node remembered.
     *
     * <p>The database has lost commits, or somebody has restored a backup.
     */
    REWOUND,
    /** Rolled back: something in it cannot be written. Sent again it fails again. */
    REJECTED,
    /** Not sent, or rolled back: the database takes no batch at present. */
    UNAVAILABLE,
    /** The connection was lost on the way: it is committed or it is not. */
    UNKNOWN
  }

  private final Kind kind;

  public WriteFailureException(Kind kind, Throwable cause) {
    super(kind + ": " + cause.getMessage(), cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Returns how certain the result of a batch is that failed for this cause; unknown for a strange
   * one.
   */
  public static Kind kindOf(Throwable cause) {
    return cause instanceof WriteFailureException failure ? failure.kind() : Kind.UNKNOWN;
  }
}
