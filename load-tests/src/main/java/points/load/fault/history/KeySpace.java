package points.load.fault.history;

import org.jspecify.annotations.Nullable;

/**
 * The owner of an idempotency key: the tills of a store, or head office. Two stores may use the
 * same key, so a history has keys as the ledger stores them: key {@code 17} of a till of store S1
 * is {@code @S1 17}.
 */
public final class KeySpace {
  private KeySpace() {}

  /** The key of a till of a store. */
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
