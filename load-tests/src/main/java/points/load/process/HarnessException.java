package points.load.process;

/** A failure of a test or benchmark itself: it cannot go on, or its result would be worthless. */
public final class HarnessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HarnessException(String message) {
    super(message);
  }

  public HarnessException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
