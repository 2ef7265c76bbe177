package points.load.http;

/** An answer that breaks the API's promises, by a fault of the gateway or of the call. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which call, and what was wrong with its answer
   */
  public UnexpectedAnswerException(String message) {
    super(message);
  }
}
