package points.ledger.program;

/** This node cannot say which rule book is in force: it rates no order, and another node may. */
public final class RulesUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RulesUnknownException(String message) {
    super(message, null, false, false);
  }
}
