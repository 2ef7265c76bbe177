package points.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether a load balancer should send requests to this node. */
final class Readiness {

  /** The reason why a node takes no requests. */
  enum NotReady {
    /** It is being stopped, and answers what it took on. */
    STOPPING("stopping"),
    /** The batches of its lanes do not reach the database. */
    CANNOT_WRITE("cannotWrite"),
    /** The database does not answer it. */
    DATABASE_SILENT("databaseSilent"),
    /** It has not read for too long which rule books are in force. */
    RULES_UNKNOWN("rulesUnknown");

    private final String label;

    NotReady(String label) {
      this.label = label;
    }

    /** Returns the name in the API. */
    String label() {
      return label;
    }
  }

  private final BooleanSupplier canWrite;
  private final Supplier<Future<Boolean>> isWell;
  private final BooleanSupplier knowsRules;
  private volatile boolean stopping;
  private volatile boolean wasReady;

  /**
   * @param canWrite whether the lanes' batches reach the database; asked each time
   * @param isWell whether they do and the database answers, too; asked each time
   * @param knowsRules whether the node knows which rule books are in force; asked each time
   */
  Readiness(
      BooleanSupplier canWrite, Supplier<Future<Boolean>> isWell, BooleanSupplier knowsRules) {
    this.canWrite = canWrite;
    this.isWell = isWell;
    this.knowsRules = knowsRules;
  }

  void observe(MeterRegistry meters) {
    Gauge.builder("points.ready", this, it -> it.wasReady ? 1 : 0)
        .description("whether this node said that it is ready when it was last asked")
        .register(meters);
  }

  Future<Boolean> isReady() {
    return whyNot().map(Optional::isEmpty).onSuccess(is -> wasReady = is);
  }

  /** Returns why this node is not ready; empty when it is. */
  Future<Optional<NotReady>> whyNot() {
    if (stopping) {
      return Future.succeededFuture(Optional.of(NotReady.STOPPING));
    }
    if (!canWrite.getAsBoolean()) {
      return Future.succeededFuture(Optional.of(NotReady.CANNOT_WRITE));
    }
    return isWell
        .get()
        .map(is -> is ? unlessRulesAreKnown() : Optional.of(NotReady.DATABASE_SILENT));
  }

  private Optional<NotReady> unlessRulesAreKnown() {
    return knowsRules.getAsBoolean() ? Optional.empty() : Optional.of(NotReady.RULES_UNKNOWN);
  }

  /** Not ready any more, for good. */
  void stop() {
    stopping = true;
  }
}
