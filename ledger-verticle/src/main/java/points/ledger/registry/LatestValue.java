package points.ledger.registry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A value that is read anew from time to time. Readings may end in another order than they began;
 * the one that began last knows most, and an earlier one never takes its place. Thread-safe.
 */
final class LatestValue<T> {

  private record Reading<T>(long number, T value) {}

  private final AtomicLong begun = new AtomicLong();
  private volatile Reading<T> last;

  LatestValue(T first) {
    this.last = new Reading<>(0, first);
  }

  T get() {
    return last.value();
  }

  /** To be called before the value is read; gives the reading its number. */
  long begin() {
    return begun.incrementAndGet();
  }

  synchronized void end(long number, T value) {
    if (number > last.number()) {
      last = new Reading<>(number, value);
    }
  }
}
