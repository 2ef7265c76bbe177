package points.ledger.lane;

import java.time.Instant;
import java.time.InstantSource;

/** The two clocks of a lane: what time it is, and how much has passed. */
public interface LaneClock {

  /** Tells the time by this source, and counts what has passed on the machine's own clock. */
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
