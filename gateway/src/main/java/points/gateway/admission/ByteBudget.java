package points.gateway.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests that a node holds at once, bounded by its heap. One API key gets no more
 * than a quarter of it, so that nobody takes the room of all others. Large requests get no more
 * than half of that, so that whoever sends many of them leaves room for the small ones of tills.
 */
public final class ByteBudget {

  /** A request of so many bytes is small. */
  public static final int SMALL = 16 * 1024;

  /** What is read is taken apart and kept several times over, so this is a modest share. */
  private static final int HEAP_SHARE = 16;

  /** So much that a key's share of it for large requests holds the largest there is, a batch. */
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

  /** A sixteenth of the largest heap, 8 MiB at least. */
  public static ByteBudget ofHeap() {
    return new ByteBudget(Math.max(MIN, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  /**
   * Takes bytes out of the budget; every byte taken must be given back once.
   *
   * @param keyId whose request it is
   * @param bytes that the request is to hold more than it does
   * @param total that it then holds
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

  /** Bytes held. */
  public long held() {
    return held.get();
  }

  /** How many keys hold any. */
  int keys() {
    return heldByKey.size();
  }
}
