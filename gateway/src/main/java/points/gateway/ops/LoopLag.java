package points.gateway.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Measures how late an event loop runs a timer, which is the least that a request on it waits. */
public final class LoopLag {

  private static final long PERIOD_MS = 100;

  private LoopLag() {}

  /** Measures the event loop of the calling context until it is closed. */
  public static void measure(Vertx vertx, MeterRegistry meters, int loopNo) {
    Timer lag =
        Timer.builder("points.loop.lag")
            .description("how late a timer of the event loop fires")
            .tag("loop", Integer.toString(loopNo))
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(5))
            .register(meters);
    long[] due = {System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS)};
    vertx.setPeriodic(
        PERIOD_MS,
        id -> {
          long now = System.nanoTime();
          lag.record(Math.max(0, now - due[0]), TimeUnit.NANOSECONDS);
          due[0] = now + TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);
        });
  }
}
