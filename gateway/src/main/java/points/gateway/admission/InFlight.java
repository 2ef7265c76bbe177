package points.gateway.admission;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests under way on this node and refuses those above the limit. */
public final class InFlight {

  private final int max;
  private final AtomicInteger current = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param max greatest number of requests under way at once
   */
  public InFlight(int max) {
    this.max = max;
  }

  /** Admits a request; every one admitted must {@link #leave} once. */
  public boolean enter() {
    int now =
        current.incrementAndGet(); // before the look at closed: a node that closes waits until the
    // count is 0
    if (closed || now > max) {
      current.decrementAndGet();
      return false;
    }
    return true;
  }

  public void leave() {
    current.decrementAndGet();
  }

  /** Returns the number of requests under way. */
  public int current() {
    return current.get();
  }

  /** Admits no more requests. */
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }
}
