package points.gateway.access;

/** More keys that no node has seen are waiting to be looked up than may: nothing was done. */
public final class TooManyUnknownKeysException extends Exception {

  private static final long serialVersionUID = 1;

  TooManyUnknownKeysException() {
    super("too many API keys are waiting to be looked up", null, false, false);
  }
}
