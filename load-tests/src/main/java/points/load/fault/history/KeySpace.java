package points.load.fault.history;

import org.jspecify.annotations.Nullable;

/**
 * Whose an idempotency key is: that of a store's tills, or head office's. A history has keys as the
 * ledger keeps them, key {@code 17} of a till of store S1 as {@code @S1 17}, because two stores may
 * use the same one.
 */
public final class KeySpace {
  private KeySpace() {}

  /** The key of a till of that store. */
  public static String ofTill(String storeId, String key) {
    return "@" + storeId + " " + key;
  }

  /** The store whose tills use a key; null for head office's. */
  public static @Nullable String storeOf(String key) {
    return key.startsWith("@") ? key.substring(1, key.indexOf(' ')) : null;
  }

  /** The key as it is sent. */
  public static String sent(String key) {
    return key.startsWith("@") ? key.substring(key.indexOf(' ') + 1) : key;
  }
}
