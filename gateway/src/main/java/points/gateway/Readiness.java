package points.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Whether a load balancer should send requests to this node. */
final class Readiness {

  private final Supplier<Future<Boolean>> isWell;
  private volatile boolean stopping;
  private volatile boolean wasReady;

  /**
   * @param isWell whether the ledger can write; asked each time
   */
  Readiness(Supplier<Future<Boolean>> isWell) {
    this.isWell = isWell;
  }

  void observe(MeterRegistry meters) {
    Gauge.builder("points.ready", this, it -> it.wasReady ? 1 : 0)
        .description("whether this node said that it is ready when it was last asked")
        .register(meters);
  }

  Future<Boolean> isReady() {
    Future<Boolean> ready = stopping ? Future.succeededFuture(false) : isWell.get();
    return ready.onSuccess(is -> wasReady = is);
  }

  /** Not ready any more, for good. */
  void stop() {
    stopping = true;
  }
}
