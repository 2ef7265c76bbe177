package points.load.model;

import java.util.List;

/**
 * A member's lots and debt in one currency.
 *
 * @param lots by expiry
 * @param debt points owed
 */
public record Account(List<Lot> lots, long debt) {
  /** An account without lots and without debt. */
  public static final Account EMPTY = new Account(List.of(), 0);

  /** The sum of the lots, including those that have expired and are not booked as such yet. */
  public long available() {
    return lots.stream().mapToLong(Lot::points).sum();
  }
}
