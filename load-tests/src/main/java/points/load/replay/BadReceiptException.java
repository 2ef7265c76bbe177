package points.load.replay;

/**
 * A receipts file that cannot be understood: says in which line, in which column, and what is
 * wrong.
 */
final class BadReceiptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadReceiptException(String message) {
    super(message);
  }

  BadReceiptException(long line, String column, String wrong) {
    super("line %d, column %s: %s".formatted(line, column, wrong));
  }
}
