package points.gateway.access;

/** Thrown when too many unknown keys wait to be looked up: nothing was done. */
public final class TooManyUnknownKeysException extends Exception {

  private static final long serialVersionUID = 1;

  TooManyUnknownKeysException() {
    super("too many API keys are waiting to be looked up", null, false, false);
  }
}
