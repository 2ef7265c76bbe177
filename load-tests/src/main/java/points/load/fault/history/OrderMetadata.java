package points.load.fault.history;

import java.util.Map;

/**
 * What callers add to some of their orders for themselves ({@code metadata}). It follows from the
 * order's number, so that it need not be kept beside it.
 */
public final class OrderMetadata {
  private static final String NOTED = "-noted";

  private OrderMetadata() {}

  /** The number of an order that has notes. */
  public static String noted(String orderId) {
    return orderId + NOTED;
  }

  /** The notes of an order; none, mostly. */
  public static Map<String, String> of(String orderId) {
    return orderId.endsWith(NOTED)
        ? Map.of("receipt", orderId, "cashier", "no. " + Math.floorMod(orderId.hashCode(), 10))
        : Map.of();
  }
}
