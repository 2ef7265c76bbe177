package points.ledger.whatif.run;

/** A simulation was cancelled, or another node has it. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
