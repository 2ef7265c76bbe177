package points.cluster.timing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Writes one log line for many events of a kind, which may come by the thousand. Thread-safe.
 *
 * <p>The first event is logged at once; after that at most one line is written in ten seconds, with
 * the number of events since the last.
 */
public final class CountedLog {

  private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private final AtomicLong since = new AtomicLong();
  private final AtomicLong nextNanos;

  public CountedLog() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime the clock
   */
  public CountedLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.nextNanos = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * Counts an event, and writes the line when it is time.
   *
   * @param line takes the number of events since the last line, this one among them
   */
  public void count(LongConsumer line) {
    since.incrementAndGet();
    long now = nanoTime.getAsLong();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + PERIOD_NANOS)) {
      line.accept(since.getAndSet(0));
    }
  }
}
