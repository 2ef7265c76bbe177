package points.load.http;

/** The gateway gave no final answer to a call however often it was sent. */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnansweredException(String message, Throwable cause) {
    super(message, cause);
  }

  public UnansweredException(String message) {
    super(message);
  }
}
