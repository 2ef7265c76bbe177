package points.gateway.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * One line of the log for many events of a kind, as strangers can cause them by the thousand: the
 * first has its line, and after that there is one every ten seconds at most, with how many there
 * were.
 */
final class CountedLog {

  private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong nextNanos;

  CountedLog() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime the clock
   */
  CountedLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Counts an event, and has the line written when it is time.
   *
   * @param line given how many there were since the last one, this one among them
   */
  void count(LongConsumer line) {
    since.incrementAndGet();
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + PERIOD_NANOS)) {
      line.accept(since.getAndSet(0));
    }
  }
}
