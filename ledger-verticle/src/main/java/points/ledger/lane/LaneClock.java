package points.ledger.lane;

import java.time.Instant;
import java.time.InstantSource;

/** Clocks of a lane: the time of day, and a counter of elapsed nanoseconds. */
public interface LaneClock {

  /** Takes the time of day from this source, and elapsed time from the machine. */
  static LaneClock of(InstantSource time) {
    return new LaneClock() {
      @Override
      public Instant instant() {
        return time.instant();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }

  Instant instant();

  long nanos();
}
