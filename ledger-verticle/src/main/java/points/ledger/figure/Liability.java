package points.ledger.figure;

/**
 * The points of all members of a program in one account at an instant.
 *
 * <p>Lots that have expired by then are left out, though nobody has touched their members since.
 */
public record Liability(String account, long available, long held, long pending, long debt) {

  /** Returns what the program owes its members. */
  public long outstanding() {
    return available + held + pending - debt;
  }
}
