package points.gateway.staff;

/** Thrown when too many passwords wait to be hashed: nothing was done. */
public final class TooManySignInsException extends Exception {

  private static final long serialVersionUID = 1;

  TooManySignInsException() {
    super("too many passwords wait to be hashed", null, false, false);
  }
}
