package points.gateway.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import points.gateway.web.CallResult;

/** Counts the records of batches by their result. */
final class BatchMeters {

  private final Counter done;
  private final Counter replayed;
  private final Counter late;
  private final Counter refused;
  private final Counter failed;
  private final Counter retries;

  BatchMeters(MeterRegistry meters) {
    this.done = records(meters, "done");
    this.replayed = records(meters, "replayed");
    this.late = records(meters, "late");
    this.refused = records(meters, "refused");
    this.failed = records(meters, "failed");
    this.retries =
        Counter.builder("points.batch.retries")
            .description("lines of batches that were tried again")
            .register(meters);
  }

  private static Counter records(MeterRegistry meters, String result) {
    return Counter.builder("points.batch.lines")
        .description("lines of batches that were answered")
        .tag("result", result)
        .register(meters);
  }

  void retried() {
    retries.increment();
  }

  void result(CallResult result) {
    if (result instanceof CallResult.Success it) {
      (it.status() == 202 ? late : it.replayed() ? replayed : done).increment();
    } else if (result instanceof CallResult.Failure failure) {
      (failure.problem().code().isRetryable() ? failed : refused).increment();
    }
  }
}
