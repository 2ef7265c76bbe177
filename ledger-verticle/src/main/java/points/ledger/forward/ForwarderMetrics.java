package points.ledger.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts where commands are decided. */
public final class ForwarderMetrics {

  private final Counter local;
  private final Counter forwarded;
  private final Counter fallback;
  private final Timer answered;

  public ForwarderMetrics(MeterRegistry meters) {
    this.local = counter(meters, "local");
    this.forwarded = counter(meters, "forwarded");
    this.fallback = counter(meters, "fallback");
    this.answered =
        Timer.builder("points.route.answers")
            .description("from sending a command to its owner to the owner's answer")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String where) {
    return Counter.builder("points.route.commands")
        .description(
            "commands by where they are decided: here as their owner, sent to their owner, here"
                + " because the owner does not take them")
        .tag("where", where)
        .register(meters);
  }

  void local() {
    local.increment();
  }

  void forwarded() {
    forwarded.increment();
  }

  void fallback() {
    fallback.increment();
  }

  void answered(long nanos) {
    answered.record(nanos, TimeUnit.NANOSECONDS);
  }
}
