package points.load.fault.net;

/** The test itself cannot go on: says nothing about the gateway. */
public final class HarnessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HarnessException(String message) {
    super(message);
  }

  public HarnessException(String message, Throwable cause) {
    super(message, cause);
  }
}
