package points.load.fault.history;

import java.util.Map;

/**
 * The metadata that callers add to some of their orders. It follows from the order's number, so
 * that it need not be stored beside it.
 */
public final class OrderMetadata {
  private static final String SUFFIX = "-noted";

  private OrderMetadata() {}

  /** The number of an order that has metadata. */
  public static String orderWithMetadata(String orderId) {
    return orderId + SUFFIX;
  }

  /** The metadata of an order; most orders have none. */
  public static Map<String, String> of(String orderId) {
    return orderId.endsWith(SUFFIX)
        ? Map.of("receipt", orderId, "cashier", "no. " + Math.floorMod(orderId.hashCode(), 10))
        : Map.of();
  }
}
