package points.ledger.whatif.run;

/** A simulation takes more memory or time than a node has for it. */
final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final String failure;

  TooLargeException(String failure) {
    super(failure);
    this.failure = failure;
  }
}
