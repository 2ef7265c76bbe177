package points.load.replay.receipt;

/**
 * A receipts file that cannot be understood: says in which line, in which column, and what is
 * wrong.
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
