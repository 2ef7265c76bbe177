package points.ledger.domain;

import org.jspecify.annotations.Nullable;

/**
 * Where a command came from and why; what of it a kind of command has no use for is null.
 *
 * @param storeId the store
 * @param terminalId the till
 * @param orderId the order, unique in the store
 * @param operator who asked for it
 * @param reason why
 */
public record Origin(
    @Nullable String storeId,
    @Nullable String terminalId,
    @Nullable String orderId,
    @Nullable String operator,
    @Nullable String reason) {

  public static final Origin NONE = new Origin(null, null, null, null, null);

  /** What a till sells: an order at a store. */
  public static Origin sale(String storeId, @Nullable String terminalId, String orderId) {
    return new Origin(storeId, terminalId, orderId, null, null);
  }

  /** What a till takes: points, perhaps for an order. */
  public static Origin till(
      String storeId, @Nullable String terminalId, @Nullable String orderId, String reason) {
    return new Origin(storeId, terminalId, orderId, null, reason);
  }

  /** What head office does by hand. */
  public static Origin office(String operator, String reason) {
    return new Origin(null, null, null, operator, reason);
  }
}
