package points.load.replay.posting;

/** Receipts that do not fit the program; none was posted. */
public final class ProgramMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why the part that does not fit
   * @param wasPutBack whether the program's rules were changed before this showed
   */
  public ProgramMismatchException(String why, boolean wasPutBack) {
    super(
        why
            + (wasPutBack
                ? "; what the program's members earned before today keeps its rules, so the program"
                    + " is as it was"
                : ""));
  }
}
