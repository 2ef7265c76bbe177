package points.gateway.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that tests move: the machine's, ahead of it or behind it by an offset. It goes on from
 * the instant to which it was set. Thread-safe.
 */
public final class TestClock implements InstantSource {

  private final InstantSource machine;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  /**
   * @param machine the clock that it follows
   */
  public TestClock(InstantSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset.get());
  }

  /** Sets the clock to this instant, from which it goes on. */
  void set(Instant instant) {
    offset.set(Duration.between(machine.instant(), instant));
  }

  /** Sets the clock to that of the machine. */
  void reset() {
    offset.set(Duration.ZERO);
  }
}
