package points.gateway.admission;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests under way on this node and turns away what is more than it takes on. */
public final class InFlight {

  private final int max;
  private final AtomicInteger current = new AtomicInteger();
  private volatile boolean closed;

  /**
   * @param max requests under way at once
   */
  public InFlight(int max) {
    this.max = max;
  }

  /** Lets a request in; every one let in must {@link #leave} once. */
  public boolean enter() {
    int now = current.incrementAndGet(); // before the look at closed: who closes waits for 0
    if (closed || now > max) {
      current.decrementAndGet();
      return false;
    }
    return true;
  }

  public void leave() {
    current.decrementAndGet();
  }

  /** Requests under way. */
  public int current() {
    return current.get();
  }

  /** Lets nothing in any more. */
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }
}
