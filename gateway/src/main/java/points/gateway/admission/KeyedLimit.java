package points.gateway.admission;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts requests that last long, for each caller and together, and refuses those above a limit.
 */
public final class KeyedLimit {

  private final int eachMax;
  private final int togetherMax;
  private final Map<String, Integer> counts = new HashMap<>();
  private int together;

  /**
   * @param eachMax greatest number for one caller
   * @param togetherMax greatest number for all callers
   */
  public KeyedLimit(int eachMax, int togetherMax) {
    this.eachMax = eachMax;
    this.togetherMax = togetherMax;
  }

  /** Admits a request of a caller; every one admitted must {@link #leave} once. */
  public synchronized boolean enter(String caller) {
    int own = counts.getOrDefault(caller, 0);
    if (own >= eachMax || together >= togetherMax) {
      return false;
    }
    counts.put(caller, own + 1);
    together++;
    return true;
  }

  public synchronized void leave(String caller) {
    counts.computeIfPresent(caller, (key, own) -> own == 1 ? null : own - 1);
    together--;
  }

  /** Returns the number of requests admitted now. */
  public synchronized int current() {
    return together;
  }
}
