package points.load.model;

import java.util.List;

/**
 * What a member has of one currency besides points.
 *
 * @param lots by expiry
 * @param debt what it owes
 */
public record Account(List<Lot> lots, long debt) {
  /** Of which there is nothing. */
  public static final Account EMPTY = new Account(List.of(), 0);

  /** What can be spent of it, as it is written down. */
  public long available() {
    return lots.stream().mapToLong(Lot::points).sum();
  }
}
