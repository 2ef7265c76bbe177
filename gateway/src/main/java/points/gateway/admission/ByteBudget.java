package points.gateway.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests that a node holds at once, bounded by its heap. Large requests get no more
 * than half of it, so that whoever sends many of them leaves room for the small ones of tills.
 */
public final class ByteBudget {

  /** A request of so many bytes is small. */
  public static final int SMALL = 16 * 1024;

  /** What is read is taken apart and kept several times over, so this is a modest share. */
  private static final int HEAP_SHARE = 16;

  private static final long MIN = 4 * 1024 * 1024;

  private final long max;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param max bytes held at once
   */
  public ByteBudget(long max) {
    this.max = max;
  }

  /** A sixteenth of the largest heap, 4 MiB at least. */
  public static ByteBudget ofHeap() {
    return new ByteBudget(Math.max(MIN, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  /**
   * Takes bytes out of the budget; every byte taken must be given back once.
   *
   * @param bytes that a request is to hold more than it does
   * @param total that it then holds
   * @return whether there was room; nothing is taken when there was not
   */
  public boolean take(long bytes, long total) {
    long limit = total > SMALL ? max / 2 : max;
    if (held.addAndGet(bytes) > limit) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  /** Bytes held. */
  public long held() {
    return held.get();
  }
}
