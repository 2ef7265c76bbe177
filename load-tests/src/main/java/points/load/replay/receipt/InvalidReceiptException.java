package points.load.replay.receipt;

/**
 * A receipts file that cannot be understood. The message names line and column, and says what is
 * wrong there.
 */
public final class InvalidReceiptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidReceiptException(String message) {
    super(message);
  }

  InvalidReceiptException(long line, String column, String wrong) {
    super("line %d, column %s: %s".formatted(line, column, wrong));
  }
}
