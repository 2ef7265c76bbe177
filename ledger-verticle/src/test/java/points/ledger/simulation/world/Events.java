package points.ledger.simulation.world;

import java.util.PriorityQueue;

/** Time that passes only from one event to the next. The same events, the same order. */
public final class Events {

  public static final long MICRO = 1_000;
  public static final long MILLI = 1_000_000;
  public static final long SECOND = 1_000_000_000;

  private record Event(long at, long no, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(no, other.no);
    }
  }

  private final PriorityQueue<Event> due = new PriorityQueue<>();
  private long now;
  private long scheduled;

  /** Nanoseconds since the history began. */
  public long now() {
    return now;
  }

  public void after(long nanos, Runnable what) {
    due.add(new Event(now + nanos, scheduled++, what));
  }

  /** Lets all happen that is due by then. */
  public void runUntil(long nanos) {
    for (Event next = due.peek(); next != null && next.at <= nanos; next = due.peek()) {
      due.remove();
      now = next.at;
      next.what.run();
    }
    now = nanos;
  }

  /** How many there have been, for measuring. */
  public long scheduled() {
    return scheduled;
  }
}
