package points.ledger.command;

/** A command, and what its lane is to do with it. */
public record Submission(Command command, Mode mode) {

  /** The treatment of a command by a lane. */
  public enum Mode {
    /** Decides the command, and commits it if it is accepted. */
    COMMIT,
    /** Decides the command as {@link #COMMIT} does, but writes nothing. */
    DRY_RUN,
    /**
     * Answers the command if it has an entry already, by its key or its order; else writes nothing.
     */
    REPLAY
  }

  public static Submission commit(Command command) {
    return new Submission(command, Mode.COMMIT);
  }

  public static Submission dryRun(Command command) {
    return new Submission(command, Mode.DRY_RUN);
  }

  public static Submission replay(Command command) {
    return new Submission(command, Mode.REPLAY);
  }
}
