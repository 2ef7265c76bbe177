package points.gateway.admission;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The unanswered requests of one event loop, oldest first. Not thread-safe.
 *
 * <p>All have the same deadline, so the overdue ones are always in front, and finding them is
 * cheap.
 *
 * @param <R> a request
 */
public final class OpenRequests<R> {

  private final Map<R, Long> arrivedNanos = new LinkedHashMap<>();

  public void add(R request, long nowNanos) {
    arrivedNanos.put(request, nowNanos);
  }

  public void remove(R request) {
    arrivedNanos.remove(request);
  }

  /** Removes and returns the requests that have waited longer than this. */
  public List<R> takeOlderThan(long ageNanos, long nowNanos) {
    var overdue = new ArrayList<R>();
    Iterator<Map.Entry<R, Long>> oldestFirst = arrivedNanos.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<R, Long> next = oldestFirst.next();
      if (nowNanos - next.getValue() < ageNanos) {
        break;
      }
      overdue.add(next.getKey());
      oldestFirst.remove();
    }
    return overdue;
  }
}
