package points.load.fault.net;

/** The test itself cannot go on: says nothing about the gateway. */
public final class HarnessFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HarnessFailure(String message) {
    super(message);
  }

  public HarnessFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
