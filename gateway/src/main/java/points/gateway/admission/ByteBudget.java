package points.gateway.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests that a node holds at once, bounded by its heap.
 *
 * <p>One API key gets no more than a quarter of it, so that it cannot take the room of all others.
 * Large requests get no more than half of that, so that a key with many of them leaves room for the
 * small ones of tills.
 */
public final class ByteBudget {

  /** Greatest length, in bytes, of a small request. */
  public static final int SMALL = 16 * 1024;

  /**
   * Share of the heap: a modest one, because a request is held several times over while it is
   * parsed.
   */
  private static final int HEAP_SHARE = 16;

  /**
   * Smallest budget: a key's share of it for large requests holds a batch, the largest there is.
   */
  private static final long MIN = 8 * 1024 * 1024;

  private static final int KEYS = 4;

  private final long max;
  private final AtomicLong held = new AtomicLong();
  private final Map<String, Long> heldByKey = new ConcurrentHashMap<>();

  /**
   * @param max bytes held at once
   */
  public ByteBudget(long max) {
    this.max = max;
  }

  /** Returns a budget of a sixteenth of the largest heap, 8 MiB at least. */
  public static ByteBudget ofHeap() {
    return new ByteBudget(Math.max(MIN, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  /**
   * Takes bytes out of the budget; every byte taken must be given back once.
   *
   * @param keyId the API key of the request
   * @param bytes the number of bytes to hold in addition
   * @param total the number of bytes that the request then holds
   * @return whether there was room; nothing is taken when there was not
   */
  public boolean take(String keyId, long bytes, long total) {
    long limit = total > SMALL ? max / 2 : max;
    boolean hasRoom = held.addAndGet(bytes) <= limit;
    if (heldByKey.merge(keyId, bytes, Long::sum) <= limit / KEYS && hasRoom) {
      return true;
    }
    giveBack(keyId, bytes);
    return false;
  }

  public void giveBack(String keyId, long bytes) {
    held.addAndGet(-bytes);
    heldByKey.computeIfPresent(keyId, (id, all) -> all == bytes ? null : all - bytes);
  }

  /** Returns the number of bytes held. */
  public long held() {
    return held.get();
  }

  /** Returns the number of keys that hold any. */
  int keys() {
    return heldByKey.size();
  }
}
