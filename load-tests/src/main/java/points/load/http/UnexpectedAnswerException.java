package points.load.http;

/** An answer that is not what the API promises: a fault of the gateway or of how it was asked. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which call, and what was wrong with its answer
   */
  public UnexpectedAnswerException(String message) {
    super(message);
  }
}
