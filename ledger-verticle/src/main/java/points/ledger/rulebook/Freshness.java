package points.ledger.rulebook;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The age of what a node has read. It goes by elapsed time and by the machine's clock, whichever
 * makes it older: elapsed time stands still while a machine sleeps, and its clock jumps afterwards.
 */
final class Freshness {

  /** The beginning of a reading. */
  record Begun(long nanos, long millis) {}

  private final LongSupplier nanos;
  private final LongSupplier millis;

  Freshness(LongSupplier nanos, LongSupplier millis) {
    this.nanos = nanos;
    this.millis = millis;
  }

  static Freshness ofMachine() {
    return new Freshness(System::nanoTime, System::currentTimeMillis);
  }

  Begun begin() {
    return new Begun(nanos.getAsLong(), millis.getAsLong());
  }

  Duration ageOf(Begun reading) {
    long elapsed = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - reading.nanos());
    return Duration.ofMillis(Math.max(elapsed, millis.getAsLong() - reading.millis()));
  }
}
