package points.ledger.account;

/**
 * The member's lots and debt in one currency.
 *
 * @param lots open lots as last written down; some may have expired since
 * @param debt points owed after more was taken back than there was, 0 or more
 */
public record Account(Lots lots, long debt) {

  public static final Account EMPTY = new Account(Lots.NONE, 0);

  boolean isEmpty() {
    return debt == 0 && lots.total() == 0;
  }

  Account plus(Movement movement) {
    return switch (movement.place()) {
      case AVAILABLE -> new Account(lots.changed(movement.lot()), debt);
      case DEBT -> new Account(lots, debt + movement.points());
      case HELD, PENDING -> throw new IllegalArgumentException("set aside: " + movement);
    };
  }
}
