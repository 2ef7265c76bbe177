package points.ledger.command;

import org.jspecify.annotations.Nullable;

/**
 * The space of an idempotency key: a store's, a person's, or the program's.
 *
 * <p>Keys that come with a store's API key are the store's, so that no caller takes those of
 * another store, or of head office, in advance. Those of a person are the person's. All others are
 * the program's. Once all keys were the program's; there were no people then.
 */
public final class KeySpace {

  /** Begins a store's key. Its blank makes it one that no caller sends, and no step derives. */
  private static final char STORE = '@';

  /** Begins a person's key, likewise. */
  private static final char PERSON = '~';

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

  /** The key as it is kept of a person, in the same form: {@code ~stf_1 4711}. */
  public static String ofPerson(String staffId, String key) {
    return PERSON + staffId + ' ' + key;
  }

  /** The key as its caller sent it. */
  public static String sent(String key) {
    return begins(key, STORE) || begins(key, PERSON) ? key.substring(key.indexOf(' ') + 1) : key;
  }

  /** Returns whether the key is that of a store. */
  public static boolean isOfStore(String key) {
    return begins(key, STORE);
  }

  private static boolean begins(String key, char space) {
    return !key.isEmpty() && key.charAt(0) == space && key.indexOf(' ') > 0;
  }
}
