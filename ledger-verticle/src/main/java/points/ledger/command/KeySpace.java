package points.ledger.command;

import org.jspecify.annotations.Nullable;

/**
 * The space of an idempotency key: a store's, or the program's.
 *
 * <p>Keys that come with a store's API key are the store's, so that no caller takes those of
 * another store, or of head office, in advance; all others are the program's. Once all keys were
 * the program's.
 */
public final class KeySpace {

  /** Begins a store's key. Its blank makes it one that no caller sends, and no step derives. */
  private static final char STORE = '@';

  private KeySpace() {}

  /**
   * The key as it is kept: till's {@code 4711} of store {@code S1} is {@code @S1 4711}.
   *
   * @param storeId of the caller's API key; null when that is bound to none
   * @param key as the caller sent it
   */
  public static String keyOf(@Nullable String storeId, String key) {
    return storeId == null ? key : STORE + storeId + ' ' + key;
  }

  /** The key as its caller sent it. */
  public static String sent(String key) {
    return isOfStore(key) ? key.substring(key.indexOf(' ') + 1) : key;
  }

  /** Returns whether the key is that of a store. */
  public static boolean isOfStore(String key) {
    return !key.isEmpty() && key.charAt(0) == STORE && key.indexOf(' ') > 0;
  }
}
