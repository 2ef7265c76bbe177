package points.load.fault.net;

/** A failure of the test itself, which says nothing about the gateway. */
public final class HarnessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HarnessException(String message) {
    super(message);
  }

  public HarnessException(String message, Throwable cause) {
    super(message, cause);
  }
}
